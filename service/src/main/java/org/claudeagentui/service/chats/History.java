package org.claudeagentui.service.chats;

import jakarta.inject.Inject;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.runs.SpokenMessage;
import org.claudeagentui.service.wiring.Single;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the model is told of a chat so far: the latest exchanges, each whole, as many as a budget of tokens holds. */
@Single
final class History {
    private final MessageSource messages;
    private final long budget;

    /**
     * A history.
     *
     * @param budget most tokens of it, by a cautious estimate
     */
    @Inject
    History(MessageSource messages, @ConfigProperty(name = "chats.history-tokens") long budget) {
        this.messages = messages;
        this.budget = budget;
    }

    /** The messages, oldest first: the user begins, the agent has the last word. */
    List<SpokenMessage> of(String chat) {
        Deque<SpokenMessage> told = new ArrayDeque<>();
        long left = budget;
        Optional<ChatMessage> answer = Optional.empty();
        for (int page = 1;; page++) {
            List<ChatMessage> newest = messages.newest(chat, page);
            for (ChatMessage message : newest) {
                if (message.role() == ChatMessage.Role.ASSISTANT) {
                    answer = Optional.of(message);
                    continue;
                }
                var question = new SpokenMessage(Message.Role.USER, message.content(), message.attachments());
                var reply = new SpokenMessage(Message.Role.ASSISTANT, reply(answer.filter(of(message))), List.of());
                left -= TokenEstimate.of(question) + TokenEstimate.of(reply);
                if (left < 0) {
                    return List.copyOf(told);
                }
                told.addFirst(reply);
                told.addFirst(question);
                answer = Optional.empty();
            }
            if (newest.size() < MessageSource.PAGE) {
                return List.copyOf(told);
            }
        }
    }

    private static Predicate<ChatMessage> of(ChatMessage question) {
        return answer -> answer.runId().equals(question.runId());
    }

    /** Somebody has to have the word between two questions. */
    private static String reply(Optional<ChatMessage> answer) {
        return answer.map(ChatMessage::content)
                .filter(text -> !text.isBlank())
                .orElseGet(() -> answer.flatMap(ChatMessage::outcome)
                        .map(outcome -> switch (outcome) {
                            case COMPLETED -> "(The answer was empty.)";
                            case FAILED -> "(There was no answer: it failed.)";
                            case CANCELLED -> "(There was no answer: it was cancelled.)";
                        })
                        .orElse("(There was no answer.)"));
    }
}
