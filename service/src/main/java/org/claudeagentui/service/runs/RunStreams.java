package org.claudeagentui.service.runs;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.claudeagentui.service.idempotency.IdempotencyKey;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.security.Standing;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The routes that answer with a run's events. They are native ones, because a stream costs a fraction there. */
@Single
final class RunStreams implements HttpService {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create(IdempotencyKey.HEADER);
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final HeaderName ACCEL_BUFFERING = HeaderNames.create("X-Accel-Buffering");
    private static final Pattern EVENT_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Runs runs;
    private final RunBodies bodies;
    private final StreamWatch watch;
    private final RunLimits limits;
    private final Semaphore places;

    @Inject
    RunStreams(Runs runs, RunBodies bodies, StreamWatch watch, RunLimits limits) {
        this.runs = runs;
        this.bodies = bodies;
        this.watch = watch;
        this.limits = limits;
        places = new Semaphore(limits.streams());
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/runs/{id}/events", this::events).post("/api/agents/{id}/execute", this::execute);
    }

    /** How many streams are open. */
    int open() {
        return limits.streams() - places.availablePermits();
    }

    private void events(ServerRequest request, ServerResponse response) {
        RunId run = RunId.parse(request.path().pathParameters().get("id"))
                .orElseThrow(() -> ProblemException.notFound("There is no run with this id."));
        long after = lastEventId(request);
        if (runs.closing()) {
            // Else who asks again and again over the same connection keeps the server from ending.
            response.header(HeaderNames.CONNECTION, "close");
            throw new ProblemException(Problem.unavailable("The service is being stopped: connect again in a moment."));
        }
        withPlace(() -> runs.follow(run, after, Caller.current())
                .ifPresentOrElse(
                        subscription -> stream(subscription, response), () -> response.status(Status.NO_CONTENT_204).send()));
    }

    private void execute(ServerRequest request, ServerResponse response) {
        String agent = request.path().pathParameters().get("id");
        execute(request, response, json -> new RunBody(json).requestOf(agent), wanted -> runs.submit(wanted, Caller.current()));
    }

    /** Answers with the events of the run that is made of what the body asks for. */
    void execute(ServerRequest request, ServerResponse response, Function<JsonObject, RunRequest> reading,
            Function<RunRequest, Run> submitting) {
        withPlace(() -> {
            Optional<IdempotencyKey> key = IdempotencyKey.of(request.headers().first(IDEMPOTENCY_KEY), request.path().path());
            Run run = bodies.taken(body(request), key, reading, submitting);
            response.header(HeaderNames.LOCATION, "/api/runs/" + run.id());
            runs.follow(run.id(), 0, Caller.current()).ifPresent(subscription -> stream(subscription, response));
        });
    }

    private void stream(Subscription subscription, ServerResponse response) {
        Standing standing = Standing.current();
        try (subscription) {
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream;charset=utf-8");
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
            response.header(ACCEL_BUFFERING, "no");
            new EventStream(subscription, response.outputStream(), watch, limits, () -> runs.closing() || !standing.holds()).run();
        }
    }

    /** No body at all stands for an empty object. */
    private static InputStream body(ServerRequest request) {
        return request.content().hasEntity()
                ? request.content().inputStream()
                : new ByteArrayInputStream("{}".getBytes(StandardCharsets.US_ASCII));
    }

    private void withPlace(Runnable work) {
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.unavailable(limits.streams() + " streams are open already: try again in a moment."));
        }
        try {
            work.run();
        } finally {
            places.release();
        }
    }

    private static long lastEventId(ServerRequest request) {
        Optional<String> header = request.headers().first(LAST_EVENT_ID);
        String field = header.isPresent() ? "Last-Event-ID" : "lastEventId";
        String text = header.or(() -> request.query().first("lastEventId").asOptional()).orElse("0");
        if (!EVENT_NUMBER.matcher(text).matches()) {
            throw new ProblemException(new Problem("bad-request", 400, "The request can't be understood", field
                    + " has to be an event's number.",
                    List.of(new FieldError(field, "has to be a whole number, as the id of an event is"))));
        }
        return Long.parseLong(text);
    }
}
