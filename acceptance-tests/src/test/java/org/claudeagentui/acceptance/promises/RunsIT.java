package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.SseReader;
import org.claudeagentui.acceptance.stack.SseReader.SseEvent;
import org.claudeagentui.acceptance.standin.StandinClient;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
@Isolated("it asserts milliseconds")
class RunsIT {
    private static final int EVENTS = 2000;
    private static final Duration PACE = Duration.ofMillis(10);
    private static final Duration PROMPT = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Duration SILENCE = Duration.ofSeconds(12);

    @Test
    @Promise(value = "RUN-2", part = "through nginx")
    void streamsTokenByTokenThroughNginx(ComposeStack stack, Evidence evidence) {
        provesPromptStream(stack, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "RUN-2", part = "HTTPS to the model")
    void streamsTokenByTokenWithTheModelOverHttps(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected("the same with the model behind HTTPS, under a certificate that the service trusts by ANTHROPIC_CA_FILE alone");

        StandinTls.of(stack);
        stack.recreate(Service.STANDIN);
        stack.recreate(Service.EXPRESS);
        provesPromptStream(stack, evidence);
        String model = stack.exec(Service.EXPRESS, "bash", "-c", "echo $ANTHROPIC_BASE_URL").orThrow();
        stack.withoutOverlays();
        stack.recreate(Service.STANDIN);
        stack.recreate(Service.EXPRESS);
        evidence.observed("the service asked " + model);

        assertThat(model).isEqualTo("https://standin:8443");
    }

    @Test
    @Promise(value = "RUN-2", part = "a silent model")
    void aSilentModelDoesNotEndTheStream(ComposeStack stack, Evidence evidence) {
        evidence.expected("the model is silent for %d s in the middle of its answer; the stream lives on and brings the rest".formatted(
                SILENCE
                        .toSeconds()));

        String word = "silent-" + UUID.randomUUID();
        List<SseEvent> events = run(stack, StandinScript.answering(word).text("Before").delay(SILENCE).text("after"), word);
        List<SseEvent> deltas = events.stream().filter(event -> event.type().equals("text.delta")).toList();
        Duration silence = Duration.between(deltas.getFirst().at(), deltas.getLast().at());
        evidence.observed("%s; the last event: %s".formatted(deltas.stream().map(StampedRun::text).toList(), events.getLast().type()))
                .figure("silence in the stream", silence.toMillis(), "ms");

        assertThat(deltas).extracting(StampedRun::text).containsExactly("Before", "after");
        assertThat(events.getLast().type()).isEqualTo("run.completed");
        assertThat(silence).isGreaterThan(SILENCE.minusSeconds(1));
    }

    private static List<SseEvent> run(ComposeStack stack, StandinScript script, String input) {
        String agent = Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"Runner %s\",\"systemPrompt\":\"Answer what you are asked.\",\"model\":\"sonnet\"}".formatted(input))
                .orThrow()
                .json()
                .at("/id")
                .asText();
        try (StandinClient standin = new StandinClient(URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT")))) {
            standin.add(script);
            return SseReader.post(stack.frontDoor() + "/api/agents/" + agent + "/execute", "{\"input\":\"" + input + "\"}", DEADLINE);
        }
    }

    private static void provesPromptStream(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "%d text deltas, %d ms apart, each its own event and in order; 99 %% with the client within %d ms of the model's write, none later than %d ms"
                        .formatted(EVENTS, PACE.toMillis(), PROMPT.toMillis(), LATEST.toMillis()));

        String word = "stamped-" + UUID.randomUUID();
        List<SseEvent> events = run(stack, StandinScript.answering(word).stampedText(EVENTS, PACE), word);
        StampedRun stamped = StampedRun.of(events);
        List<Integer> lateOnes = stamped.laterThan(PROMPT);
        Distribution millis = stamped.millis();
        evidence.observed("%d events, the last %s; %d stamped deltas in order: %s; %d later than %d ms%s".formatted(events.size(), events
                .getLast()
                .type(), stamped.deltas(), stamped.isInOrder(EVENTS), lateOnes.size(), PROMPT.toMillis(),
                lateOnes.isEmpty() ? "" : ", the first at " + lateOnes.getFirst() + ", the last at " + lateOnes.getLast()));
        evidence.figure("events measured", stamped.deltas(), "")
                .figure("load average of the machine", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), "");
        evidence.figure("p50", millis.percentile(50), "ms")
                .figure("p99", millis.percentile(99), "ms")
                .figure("latest", millis.percentile(100), "ms");

        assertThat(events.getLast().type()).isEqualTo("run.completed");
        assertThat(stamped.deltas()).isGreaterThanOrEqualTo(1000);
        assertThat(stamped.isInOrder(EVENTS)).as("in order").isTrue();
        assertThat(lateOnes).as("deltas later than %s", PROMPT).hasSizeLessThanOrEqualTo(stamped.deltas() / 100);
        assertThat(millis.percentile(100)).isLessThanOrEqualTo((double) LATEST.toMillis());
    }
}
