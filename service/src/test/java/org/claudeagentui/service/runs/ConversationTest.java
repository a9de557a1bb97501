package org.claudeagentui.service.runs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.MessageBlock;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What another replica makes of a run's journal. */
class ConversationTest {

    private static final JsonObject INPUT = Json.createObjectBuilder().add("a", 1).build();
    private static final MessageBlock.ToolUse FIRST = new MessageBlock.ToolUse("t1", "s__x", Optional.of(INPUT));
    private static final MessageBlock.ToolUse SECOND = new MessageBlock.ToolUse("t2", "s__y", Optional.of(INPUT));
    private static final List<MessageBlock> ANSWER = List.of(new MessageBlock.Thinking("hm", "sig"), new MessageBlock.Text("Let me see"),
            FIRST,
            SECOND);

    private final List<StoredEvent> journal = new ArrayList<>();

    @Test
    void beginsWithTheInput() {
        write(new RunEvent.Queued("a", "Ada", 0));
        write(new RunEvent.Started("m", false));
        write(new RunEvent.TurnStarted(1));
        write(new RunEvent.TextDelta(1, "half an ans"));

        assertThat(conversation()).isEqualTo(new Conversation(List.of(Message.user("Say hello")), 1, List.of(), Set.of(), Optional
                .empty()));
        assertThat(conversation().unanswered()).isEmpty();
    }

    @Test
    void goesOnAfterTheLastTurnWhoseToolsHaveAnswered() {
        toolTurn();
        write(new RunEvent.ToolReturned(1, "t2", "s__y", true, "no", 5));
        write(new RunEvent.ToolReturned(1, "t1", "s__x", false, "yes", 7));
        write(new RunEvent.TurnStarted(2));
        write(new RunEvent.TextDelta(2, "half an ans"));

        assertThat(conversation().nextTurn()).isEqualTo(2);
        assertThat(conversation().messages()).containsExactly(Message.user("Say hello"), Message.assistant(ANSWER),
                Message.results(List.of(new MessageBlock.ToolResult("t1", "yes", false), new MessageBlock.ToolResult("t2", "no", true))));
        assertThat(conversation().unanswered()).isEmpty();
        assertThat(conversation().called()).isEmpty();
    }

    @Test
    void tellsWhichToolsHaveNotAnsweredAndWhichWereCalled() {
        toolTurn();
        assertThat(conversation().unanswered()).containsExactly(FIRST, SECOND);
        write(new RunEvent.ToolReturned(1, "t2", "s__y", false, "yes", 5));

        assertThat(conversation().messages()).hasSize(2);
        assertThat(conversation().answered()).containsExactly(new MessageBlock.ToolResult("t2", "yes", false));
        assertThat(conversation().unanswered()).containsExactly(FIRST);
        assertThat(conversation().called()).containsExactlyInAnyOrder("t1", "t2");
    }

    @Test
    void goesThroughSeveralTurnsAndPauses() {
        toolTurn();
        write(new RunEvent.ToolReturned(1, "t1", "s__x", false, "yes", 7));
        write(new RunEvent.ToolReturned(1, "t2", "s__y", false, "no", 7));
        write(new RunEvent.TurnCompleted(2, "pause_turn", List.of(new MessageBlock.Text("wait"))));
        write(new RunEvent.TurnCompleted(3, "tool_use", List.of(SECOND)));
        write(new RunEvent.ToolCalled(3, "t2", "s__y", INPUT));
        write(new RunEvent.ToolReturned(3, "t2", "s__y", false, "again", 7));

        assertThat(conversation().nextTurn()).isEqualTo(4);
        assertThat(conversation().messages()).extracting(Message::role)
                .containsExactly(Message.Role.USER, Message.Role.ASSISTANT, Message.Role.USER, Message.Role.ASSISTANT,
                        Message.Role.ASSISTANT,
                        Message.Role.USER);
        assertThat(conversation().messages().getLast()).isEqualTo(Message.results(List.of(new MessageBlock.ToolResult("t2", "again",
                false))));
    }

    private void toolTurn() {
        write(new RunEvent.TurnStarted(1));
        write(new RunEvent.ThinkingDelta(1, "hm"));
        write(new RunEvent.TextDelta(1, "Let me see"));
        write(new RunEvent.TurnCompleted(1, "tool_use", ANSWER));
        write(new RunEvent.ToolCalled(1, "t1", "s__x", INPUT));
        write(new RunEvent.ToolCalled(1, "t2", "s__y", INPUT));
    }

    private void write(RunEvent event) {
        long seq = journal.size() + 1L;
        journal.add(new StoredEvent(seq, event.type(), EventJson.write(RunId.random(), seq, Instant.EPOCH, event)));
    }

    private Conversation conversation() {
        return Conversation.of("Say hello", journal);
    }
}
