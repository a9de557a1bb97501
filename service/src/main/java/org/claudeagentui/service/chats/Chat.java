package org.claudeagentui.service.chats;

import org.claudeagentui.service.agents.SkillText;
import org.claudeagentui.service.runs.RunOrigin;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A conversation with an agent.
 *
 * @param id its document id
 * @param title what it is called
 * @param agent document id of the agent; nothing where that was deleted
 * @param skills the skills that the agent has here beside its own
 * @param customSystemPrompt takes the place of the agent's system prompt
 * @param archived whether it has been put away
 * @param owner document id of the user whose it is
 * @param createdAt when it was made
 * @param updatedAt when it was last changed; messages don't count
 * @param lastActiveAt when something was last said, or else when it was made
 */
record Chat(
        String id,
        String title,
        Optional<String> agent,
        List<SkillText> skills,
        Optional<String> customSystemPrompt,
        boolean archived,
        Optional<String> owner,
        Instant createdAt,
        Instant updatedAt,
        Instant lastActiveAt) {

    Chat {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        skills = List.copyOf(skills);
    }

    /** What its turns are made for. */
    RunOrigin origin() {
        return new RunOrigin(RunOrigin.Kind.CHAT, id);
    }
}
