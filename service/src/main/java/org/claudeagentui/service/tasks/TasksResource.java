package org.claudeagentui.service.tasks;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.wiring.Single;

import java.util.Set;

/** Tasks over HTTP. A deleted task's runs stay. */
@Single
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TasksResource extends EntriesResource<Task> {
    private static final Set<String> STATES = Set.of(Task.IDLE, "queued", "running", "completed", "failed", "cancelled");

    /**
     * Made by the container.
     *
     * @param tasks the tasks that there are
     * @param answers remembers what requests with a key were answered
     */
    @Inject
    TasksResource(Tasks tasks, KeyedAnswers answers) {
        super(tasks.entries(), answers, Task::id, "task", Listing.sortedBy("name", "state", "createdAt", "updatedAt")
                .narrowedBy("agent", Filter.relation("agent"))
                .narrowedBy("state", Filter.oneOf("state", STATES)));
    }
}
