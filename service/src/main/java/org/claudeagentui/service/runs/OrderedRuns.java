package org.claudeagentui.service.runs;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs for those who have them made for something. How they stand they are told as {@link RunRecipient}s. */
@Single
public final class OrderedRuns {

    private final Runs runs;
    private final RunStreams streams;

    @Inject
    OrderedRuns(Runs runs, RunStreams streams) {
        this.runs = runs;
        this.streams = streams;
    }

    /**
     * Answers a request with the events of the run that its body asks for.
     *
     * @param origin what the run is made for
     * @param reading makes of the body what is to be run
     * @param context tells what the run begins with; asked when nobody else can have the origin change any more
     * @throws ProblemException when the run can't be had, or the origin has one at a time and has one
     */
    public void execute(ServerRequest request, ServerResponse response, RunOrigin origin, Function<JsonObject, RunRequest> reading,
            Supplier<RunContext> context) {
        streams.execute(request, response, reading, wanted -> runs.submit(origin, wanted, context, Caller.current()));
    }

    /**
     * Does something while an origin that has one run at a time has none, and can have none.
     *
     * @throws ProblemException when it has one
     */
    public <T> T withoutRun(RunOrigin origin, Supplier<T> work) {
        return runs.withoutRun(origin, work);
    }

    /**
     * Sees to it that an origin that has one run at a time has heard of it.
     *
     * @throws RuntimeException when that can't be done right now
     */
    public void catchUp(RunOrigin origin) {
        runs.catchUp(origin);
    }

    /** A page of the runs that were made for something, newest first unless asked otherwise. */
    public JsonObject page(RunOrigin origin, ListQuery query) {
        boolean newestFirst = query.sort().map(ListQuery.Sort::descending).orElse(true);
        return runs.list(origin, query.page(), query.pageSize(), newestFirst).toJson(RunJson::of);
    }

    /** What is wrong with an input that a client calls by that name. */
    public Optional<FieldError> complaint(String field, String input) {
        return runs.complaint(field, input);
    }
}
