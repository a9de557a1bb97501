package org.claudeagentui.service.tasks;

import jakarta.json.JsonObject;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A prompt that is kept to be run.
 *
 * @param id its document id
 * @param name its name
 * @param description what it is for
 * @param prompt what the agent is given, with placeholders
 * @param inputValues what the placeholders stand for, where a run doesn't say
 * @param agent document id of the agent that runs it; nothing where that was deleted
 * @param state how its latest run stands, as far as the task has heard
 * @param lastRunId its latest run
 * @param owner document id of the user whose it is
 * @param createdAt when it was made
 * @param updatedAt when it was last changed, by a run as well
 */
record Task(
        String id,
        String name,
        Optional<String> description,
        String prompt,
        JsonObject inputValues,
        Optional<String> agent,
        String state,
        Optional<String> lastRunId,
        Optional<String> owner,
        Instant createdAt,
        Instant updatedAt) {

    static final String IDLE = "idle";

    Task {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(prompt, "prompt");
    }
}
