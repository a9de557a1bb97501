package org.claudeagentui.service.chats;

import jakarta.inject.Inject;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Expectation;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Page;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.util.List;
import java.util.Optional;

/** What was said in chats, as Strapi keeps it. Messages are numbered there as they come. */
@Single
final class Messages implements MessageSource {
    private static final String NUMBER = "id";

    private final Strapi strapi;

    @Inject
    Messages(Strapi strapi) {
        this.strapi = strapi;
    }

    /** A page of a chat's messages. */
    Page<ChatMessage> page(String chat, int page, int pageSize, boolean newestFirst) {
        return strapi.listNow(ContentType.CHAT_MESSAGE, of(chat, page, pageSize, newestFirst)).map(ChatMessage::read);
    }

    @Override
    public List<ChatMessage> newest(String chat, int page) {
        return page(chat, page, PAGE, true).data();
    }

    /**
     * Deletes a message and all that came after it, the newest first: what is left begins as it did.
     *
     * @throws ProblemException when the chat has no such message
     */
    void deleteFrom(String chat, String message) {
        if (strapi.listNow(ContentType.CHAT_MESSAGE, of(chat, 1, 1, true).narrowed("documentId", message)).data().isEmpty()) {
            throw ProblemException.notFound("The chat has no message with this id.");
        }
        boolean found = false;
        while (!found) {
            for (ChatMessage newest : newest(chat, 1)) {
                strapi.delete(ContentType.CHAT_MESSAGE, newest.id(), Expectation.NONE);
                found = newest.id().equals(message);
                if (found) {
                    break;
                }
            }
        }
    }

    private static ListQuery of(String chat, int page, int pageSize, boolean newestFirst) {
        return new ListQuery(page, pageSize, Optional.of(new ListQuery.Sort(NUMBER, newestFirst)), Optional.empty())
                .narrowed("session.documentId", chat);
    }
}
