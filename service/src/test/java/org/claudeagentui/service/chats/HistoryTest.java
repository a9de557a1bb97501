package org.claudeagentui.service.chats;

import jakarta.json.JsonValue;
import org.claudeagentui.service.chats.ChatMessage.Outcome;
import org.claudeagentui.service.chats.ChatMessage.Role;
import org.claudeagentui.service.runs.SpokenMessage;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTest {
    /** Newest first. */
    private final List<ChatMessage> kept = new ArrayList<>();

    @Test
    void tellsWholeExchangesAsManyAsTheBudgetHolds() {
        exchange("1", "One", "Eins");
        exchange("2", "a".repeat(270), "Zwei");
        exchange("3", "Three", "Drei");

        // Two messages of 10 tokens, and 2 for each of their texts.
        assertThat(told(24)).containsExactly("Three", "Drei");
        assertThat(told(23)).isEmpty();
        assertThat(told(24 + 112)).containsExactly("a".repeat(270), "Zwei", "Three", "Drei").hasSize(4);
        assertThat(told(24 + 111)).containsExactly("Three", "Drei");
        assertThat(told(1_000)).hasSize(6).startsWith("One", "Eins");
    }

    @Test
    void tellsWhereThereWasNoAnswer() {
        said("1", Role.USER, "One", Optional.empty());
        said("2", Role.USER, "Two", Optional.empty());
        said("2", Role.ASSISTANT, " ", Optional.of(Outcome.CANCELLED));
        said("3", Role.USER, "Three", Optional.empty());
        said("3", Role.ASSISTANT, "", Optional.of(Outcome.COMPLETED));

        assertThat(told(1_000)).containsExactly("One", "(There was no answer.)", "Two", "(There was no answer: it was cancelled.)", "Three",
                "(The answer was empty.)");
    }

    @Test
    void takesAnAnswerForThatOfItsOwnQuestionOnly() {
        said("1", Role.ASSISTANT, "Whose question was deleted", Optional.of(Outcome.COMPLETED));
        said("2", Role.USER, "Two", Optional.empty());
        said("3", Role.ASSISTANT, "Nobody asked", Optional.of(Outcome.COMPLETED));

        assertThat(told(1_000)).containsExactly("Two", "(There was no answer.)");
    }

    @Test
    void readsPageAfterPage() {
        for (int number = 0; number < 130; number++) {
            exchange("run" + number, "Question " + number, "Answer " + number);
        }

        assertThat(told(100_000)).hasSize(260).startsWith("Question 0", "Answer 0");
    }

    private void exchange(String run, String question, String answer) {
        said(run, Role.USER, question, Optional.empty());
        said(run, Role.ASSISTANT, answer, Optional.of(Outcome.COMPLETED));
    }

    private void said(String run, Role role, String text, Optional<Outcome> outcome) {
        kept.addFirst(new ChatMessage("id", role, text, List.of(), run, outcome, JsonValue.EMPTY_JSON_OBJECT, "now"));
    }

    private List<String> told(long budget) {
        var history = new History((_, page) -> kept.stream().skip((page - 1) * 100L).limit(100).toList(), budget);
        return history.of("chat").stream().map(SpokenMessage::text).toList();
    }
}
