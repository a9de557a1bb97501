package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DemoScriptTest {
    @Test
    void saysWhatItIsAndAnswersToTheInput() throws ApiException {
        String text = text("\"system\":\"You are a pirate.\\nSpeak so.\",\"max_tokens\":1000",
                "{\"role\":\"user\",\"content\":\"Where is the gold?\"}");

        assertThat(text).contains("stand-in", "not Claude", "> Where is the gold?", "4 words", "“You are a pirate.”", "`claude-test`");
    }

    @Test
    void knowsAConversation() throws ApiException {
        String text = text("\"max_tokens\":1000",
                "{\"role\":\"user\",\"content\":\"My name is Ada.\"},{\"role\":\"assistant\",\"content\":\"Hi\"},"
                        + "{\"role\":\"user\",\"content\":\"What is my name?\"}");

        assertThat(text).contains("turn 2", "“My name is Ada.”", "> What is my name?", "not Claude");
    }

    @Test
    void staysWithinMaxTokens() throws ApiException {
        List<Step> steps = steps("\"max_tokens\":7", "{\"role\":\"user\",\"content\":\"hi\"}");

        assertThat(Tokens.split(text(steps))).hasSize(7);
        assertThat(steps.getLast()).isInstanceOfSatisfying(Step.StopReason.class, stop -> assertThat(stop.reason()).isEqualTo(
                "max_tokens"));
    }

    @Test
    void stopsBeforeAStopSequence() throws ApiException {
        List<Step> steps = steps("\"max_tokens\":1000,\"stop_sequences\":[\"never\",\"You wrote\"]",
                "{\"role\":\"user\",\"content\":\"hi\"}");

        assertThat(text(steps)).doesNotContain("You wrote").contains("stand-in");
        assertThat(steps.getLast()).isInstanceOfSatisfying(Step.StopReason.class, stop -> {
            assertThat(stop.reason()).isEqualTo("stop_sequence");
            assertThat(stop.sequence()).contains("You wrote");
        });
    }

    @Test
    void thinksAloudWhenAskedTo() throws ApiException {
        List<Step> steps = steps("\"max_tokens\":4000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}",
                "{\"role\":\"user\",\"content\":\"hi\"}");

        assertThat(steps.getFirst()).isInstanceOf(Step.Thinking.class);
    }

    @Test
    void speaksAtAReadersPace() throws ApiException {
        assertThat(steps("\"max_tokens\":1000", "{\"role\":\"user\",\"content\":\"hi\"}")).singleElement()
                .isInstanceOfSatisfying(Step.Text.class, text -> assertThat(Duration.ofSeconds(1).dividedBy(text.deltas().pace()))
                        .isBetween(30L, 60L));
    }

    @Test
    void quotesLongInputInPart() throws ApiException {
        String text = text("\"max_tokens\":1000", "{\"role\":\"user\",\"content\":\"" + "🌊 wave ".repeat(500) + "\"}");

        assertThat(text).contains("…").hasSizeLessThan(2000);
    }

    private static String text(String fields, String messages) throws ApiException {
        return text(steps(fields, messages));
    }

    private static String text(List<Step> steps) {
        StringBuilder text = new StringBuilder();
        steps.stream()
                .filter(Step.Text.class::isInstance)
                .map(Step.Text.class::cast)
                .forEach(step -> text.append(step.deltas().text().orElseThrow()));
        return text.toString();
    }

    private static List<Step> steps(String fields, String messages) throws ApiException {
        String body = "{\"model\":\"claude-test\"," + fields + ",\"messages\":[" + messages + "]}";
        return DemoScript.answer(MessagesRequestReader.read(body.getBytes(UTF_8), "2023-06-01", false));
    }
}
