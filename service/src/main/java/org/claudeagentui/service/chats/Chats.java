package org.claudeagentui.service.chats;

import jakarta.inject.Inject;
import org.claudeagentui.service.entries.Entries;
import org.claudeagentui.service.entries.Ownership;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

/** The chats that there are. */
@Single
final class Chats {
    private final Entries<Chat> entries;

    @Inject
    Chats(Strapi strapi) {
        entries = new Entries<>(strapi, ContentType.CHAT, new ChatForm(), ChatJson::read, ChatJson::write, Ownership.makers(Chat::owner));
    }

    Entries<Chat> entries() {
        return entries;
    }

    /**
     * The chat with that id.
     *
     * @throws ProblemException when there is none for the caller
     */
    Chat chat(String id) {
        return entries.find(id).orElseThrow(() -> ProblemException.notFound("There is no chat with this id."));
    }
}
