package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.Browser;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A run as a browser's own {@code EventSource} follows it, which connects again by itself. */
@AcceptanceTest
class EventSourceIT {
    private static final int DELTAS = 300;
    private static final int KILLED_AT = 60;
    private static final Duration PACE = Duration.ofMillis(10);
    private static final Duration END = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLLOW = """
            const source = new EventSource('/api/runs/' + arguments[0] + '/events');
            window.seen = [];
            window.opened = 0;
            source.onopen = () => window.opened++;
            for (const type of arguments[1]) {
              source.addEventListener(type, event => window.seen.push({id: event.lastEventId, type: event.type, data: event.data}));
            }
            window.source = source;
            """;
    private static final List<String> TYPES = List.of("run.queued", "run.started", "turn.started", "text.delta", "thinking.delta",
            "tool.called", "tool.returned", "usage", "turn.completed", "turn.restarted", "run.completed", "run.failed", "run.cancelled");

    @Test
    @Breaks
    @Promise(value = "RUN-4", part = "a browser's EventSource")
    void aBrowserSeesEachEventOnceThoughTheServiceIsKilled(ComposeStack stack, Stacks stacks, Evidence evidence) throws IOException {
        evidence.expected(
                "EventSource of Chromium, through the front door, while the service is killed in the midst of a run: it connects again by"
                        + " itself, sees what a full replay gives, byte for byte, and stops when the run has ended");

        WebDriver window = stacks.browser().open();
        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            String run = api.start(runner.agent(), runner.scripted(script -> script.text(DELTAS, PACE)));
            Browser.signIn(window, stack);
            JavascriptExecutor page = (JavascriptExecutor) window;
            page.executeScript(FOLLOW, run, TYPES);
            await("events in the browser").atMost(END).until(() -> number(page, "window.seen.length") >= KILLED_AT);
            stack.signalHostPid(Service.EXPRESS, "KILL");
            await("an EventSource that has stopped").atMost(END).until(() -> number(page, "window.source.readyState") == 2);
            List<RunEvent> seen = seen(page);
            List<RunEvent> replay = api.replay(run);
            evidence.observed("%d events, %d of the replay; connected %d times; the last is %s".formatted(seen.size(), replay.size(),
                    number(page,
                            "window.opened"), seen.getLast().type()));

            assertThat(seen).isEqualTo(replay);
            assertThat(number(page, "window.opened")).isGreaterThan(1);
        } finally {
            window.quit();
        }
    }

    private static long number(JavascriptExecutor page, String expression) {
        return ((Number) Objects.requireNonNull(page.executeScript("return " + expression))).longValue();
    }

    private static List<RunEvent> seen(JavascriptExecutor page) throws IOException {
        JsonNode events = JSON.readTree((String) Objects.requireNonNull(page.executeScript("return JSON.stringify(window.seen)")));
        return StreamSupport.stream(events.spliterator(), false)
                .map(event -> new RunEvent(event.path("id").asLong(), event.path("type").asText(), event.path("data").asText()))
                .toList();
    }
}
