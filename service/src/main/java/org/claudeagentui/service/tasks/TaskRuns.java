package org.claudeagentui.service.tasks;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.claudeagentui.service.runs.OrderedRuns;
import org.claudeagentui.service.runs.RunContext;
import org.claudeagentui.service.runs.RunOrigin;
import org.claudeagentui.service.runs.RunRequest;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs of tasks over HTTP. */
@Single
final class TaskRuns implements HttpService {
    private final Tasks tasks;
    private final OrderedRuns runs;

    @Inject
    TaskRuns(Tasks tasks, OrderedRuns runs) {
        this.tasks = tasks;
        this.runs = runs;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/tasks/{id}/execute", this::execute).get("/api/tasks/{id}/runs", this::runs);
    }

    private void execute(ServerRequest request, ServerResponse response) {
        Task task = tasks.task(request.path().pathParameters().get("id"));
        runs.execute(request, response, origin(task), body -> wanted(task, body), () -> RunContext.NONE);
    }

    private void runs(ServerRequest request, ServerResponse response) {
        Task task = tasks.task(request.path().pathParameters().get("id"));
        ListQuery query = ListQuery.of(request.query().toMap(), Listing.sortedBy("createdAt")).withoutSearch();
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(runs.page(origin(task), query).toString().getBytes(StandardCharsets.UTF_8));
    }

    private RunRequest wanted(Task task, JsonObject body) {
        String agent = task.agent()
                .orElseThrow(() -> new ProblemException(Problem.conflict("The task's agent is gone: give the task another.", List.of())));
        String prompt = new TaskOrder(task, body).prompt();
        runs.complaint("inputValues", prompt)
                .ifPresent(wrong -> {
                    throw ProblemException.invalid(List.of(wrong));
                });
        return new RunRequest(agent, prompt, List.of());
    }

    private static RunOrigin origin(Task task) {
        return new RunOrigin(RunOrigin.Kind.TASK, task.id());
    }
}
