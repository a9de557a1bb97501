package org.claudeagentui.service.tasks;

import jakarta.inject.Inject;
import org.claudeagentui.service.entries.Entries;
import org.claudeagentui.service.entries.Ownership;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

/** The tasks that there are. */
@Single
final class Tasks {
    private final Entries<Task> entries;

    @Inject
    Tasks(Strapi strapi) {
        entries = new Entries<>(strapi, ContentType.TASK, new TaskForm(), TaskJson::read, TaskJson::write, Ownership.makers(Task::owner));
    }

    Entries<Task> entries() {
        return entries;
    }

    /**
     * The task with that id.
     *
     * @throws ProblemException when there is none for the caller
     */
    Task task(String id) {
        return entries.find(id).orElseThrow(() -> ProblemException.notFound("There is no task with this id."));
    }
}
