package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.LiveKey;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The real Messages API, where {@code ./stack acceptance --live} hands a key over: two short runs, paid for by its owner. */
@AcceptanceTest
@EnabledIfEnvironmentVariable(named = LiveKey.VARIABLE, matches = ".+")
class RealModelIT {
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    @Test
    void theRealModelAnswersAndIsStopped(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "the real Messages API: a run whose text comes in pieces, with a final usage and a cost; another that is cancelled mid-text,"
                        + " with a usage that is a lower bound");

        ComposeStack stack = stacks.create()
                .with("DEMO_MODE", "false")
                .with("COMPOSE_FILE", "docker-compose.yml")
                .with("ANTHROPIC_API_KEY",
                        LiveKey.get().orElseThrow());
        stack.start();
        RunApi api = new RunApi(stack.frontDoor(), LONGEST_RUN);
        String agent = api.agent("{\"model\":\"haiku\",\"maxTokens\":300}");
        String whole = api.start(agent, "Count from one to ten in words.");
        List<RunEvent> events = api.persistently(whole);
        String cut = api.start(agent, "Count from one to a hundred in words.");
        api.awaitEvent(cut, firstText(events));
        api.cancel(cut).orThrow();
        List<RunEvent> cancelled = api.persistently(cut);
        evidence.observed("%s, then %s".formatted(events.getLast().data(), cancelled.getLast().data()));

        assertThat(events.getLast().type()).isEqualTo("run.completed");
        assertThat(events).filteredOn(event -> event.type().equals("text.delta")).hasSizeGreaterThan(1);
        assertThat(events).filteredOn(event -> event.type().equals("run.started"))
                .allSatisfy(event -> assertThat(event.json().path("demo").asBoolean()).isFalse());
        assertThat(events.getLast().json().at("/usage/final").asBoolean()).isTrue();
        assertThat(events.getLast().json().at("/usage/outputTokens").asLong()).isPositive();
        assertThat(events.getLast().json().path("costUsd").asDouble()).isPositive();
        assertThat(cancelled.getLast().type()).isEqualTo("run.cancelled");
        assertThat(cancelled.getLast().json().at("/usage/final").asBoolean()).isFalse();
    }

    private static int firstText(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals("text.delta"))
                .mapToInt(event -> (int) event.id())
                .findFirst()
                .orElseThrow();
    }
}
