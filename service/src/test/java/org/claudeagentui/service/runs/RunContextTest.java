package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.MessageBlock;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunContextTest {
    private static final Attachment PICTURE = new Attachment("7", "p.png", AttachmentType.PNG, 300, Optional.of("ab"));
    private static final Attachment TEXT = new Attachment("8", "t.txt", AttachmentType.TEXT, 100, Optional.empty());
    private static final RunContext CONTEXT = new RunContext(Optional.of("Be \"brief\""), List.of(
            user("One", PICTURE), assistant("Eins"), user("Two", TEXT), assistant("Zwei")));

    @Test
    void isReadAsItWasKept() {
        assertThat(RunContext.of(CONTEXT.toJson())).isEqualTo(CONTEXT);
        assertThat(RunContext.of(RunContext.NONE.toJson())).isEqualTo(RunContext.NONE);
    }

    @Test
    void losesItsOldestExchangesWhereFilesAreTooHeavy() {
        assertThat(CONTEXT.weighing(600)).isEqualTo(CONTEXT);
        assertThat(CONTEXT.weighing(599).before()).containsExactly(user("Two", TEXT), assistant("Zwei"));
        assertThat(CONTEXT.weighing(199).before()).isEmpty();
        assertThat(CONTEXT.weighing(-1).systemPrompt()).isEqualTo(CONTEXT.systemPrompt());
    }

    @Test
    void givesEachMessageItsOwnFilesAndTheInputTheRest() {
        var blocks = List.<MessageBlock>of(new MessageBlock.Text("7"), new MessageBlock.Text("8"), new MessageBlock.Text("9"));

        assertThat(CONTEXT.files()).containsExactly(PICTURE, TEXT);
        assertThat(CONTEXT.messages("Three", blocks)).extracting(message -> message.content()
                .stream()
                .map(block -> ((MessageBlock.Text) block).text())
                .toList())
                .containsExactly(List.of("7", "One"), List.of("Eins"), List.of("8", "Two"), List.of("Zwei"), List.of("9",
                        "Three"));
    }

    @Test
    void takesNoMessagesThatDontTakeTurns() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RunContext(Optional.empty(), List.of(assistant("Eins"), user("One"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new RunContext(Optional.empty(), List.of(user("One"), user("Two"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new RunContext(Optional.empty(), List.of(user("One"))));
    }

    private static SpokenMessage user(String text, Attachment... files) {
        return new SpokenMessage(Message.Role.USER, text, List.of(files));
    }

    private static SpokenMessage assistant(String text) {
        return new SpokenMessage(Message.Role.ASSISTANT, text, List.of());
    }
}
