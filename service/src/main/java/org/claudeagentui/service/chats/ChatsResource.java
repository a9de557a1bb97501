package org.claudeagentui.service.chats;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.runs.OrderedRuns;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.wiring.Single;

/** Chats over HTTP. With a chat its messages are deleted; its runs stay. */
@Single
@Path("/api/chats")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChatsResource extends EntriesResource<Chat> {
    private final Chats chats;
    private final OrderedRuns runs;

    /**
     * Made by the container.
     *
     * @param chats the chats that there are
     * @param runs their turns
     * @param answers remembers what requests with a key were answered
     */
    @Inject
    ChatsResource(Chats chats, OrderedRuns runs, KeyedAnswers answers) {
        super(chats.entries(), answers, Chat::id, "chat", Listing.sortedBy("title", "archived", "createdAt", "updatedAt", "lastActiveAt")
                .narrowedBy("agent", Filter.relation("agent"))
                .narrowedBy("archived", Filter.flag("archived")));
        this.chats = chats;
        this.runs = runs;
    }

    /** Deletes a chat that has no turn at work: its end would find no place. */
    @Override
    public void delete(String id, HttpHeaders headers) {
        runs.withoutRun(chats.chat(id).origin(), () -> {
            super.delete(id, headers);
            return id;
        });
    }
}
