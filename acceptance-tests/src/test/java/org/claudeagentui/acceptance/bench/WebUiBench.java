package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Browser;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.ui.FirstSight;
import org.claudeagentui.acceptance.ui.WebUi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What the web UI has its users wait for, in Chromium. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class WebUiBench {
    private static final int LOADS = 10;
    private static final int RUNS = 20;
    private static final Duration UNTIL_FIRST_TOKEN = Duration.ofSeconds(2);

    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @Test
    void firstScreen(ComposeStack stack, Stacks stacks, Figures figures) {
        try (WebUi ui = new WebUi(stacks.browser().open(), stack)) {
            ui.signIn("/agents").seeHeading("Agents");
            FirstSight usable = FirstSight.of(ui.window(), "a[href='/agents/new']");
            double[] millis = new double[LOADS];
            double script = 0;
            for (int i = 0; i < LOADS; i++) {
                Browser.devTools(ui.window(), "Network.clearBrowserCache", Map.of());
                ui.open("/agents");
                millis[i] = usable.afterRequest().toNanos() / 1e6;
                script = scriptKilobytes(ui);
            }
            figures.add("initial JavaScript, compressed", script, "kB", "at most 200");
            figures.addMedian("first screen usable, nothing cached", Distribution.of(Arrays.stream(millis)), "ms", "1000");
        }
    }

    private static double scriptKilobytes(WebUi ui) {
        Object bytes = ui.window().executeScript("""
                return performance.getEntriesByType('resource').filter(entry => new URL(entry.name).pathname.endsWith('.js'))
                  .reduce((sum, entry) => sum + entry.encodedBodySize, 0);
                """);
        return ((Number) Objects.requireNonNull(bytes)).doubleValue() / 1000;
    }

    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @Test
    void firstToken(ComposeStack stack, Stacks stacks, Figures figures) {
        try (WebUi ui = new WebUi(stacks.browser().open(), stack); Runner runner = Runner.of(stack, "{}")) {
            ui.signIn("/runs");
            FirstSight token = FirstSight.of(ui.window(), "section[aria-label='Answer'] p");
            RunApi api = runner.api();
            double[] millis = new double[RUNS];
            for (int i = -1; i < RUNS; i++) {
                String run = api.start(runner.agent(), runner.scripted(script -> script.delay(UNTIL_FIRST_TOKEN).text("Here it is.")));
                ui.open("/runs/" + run);
                Instant shown = token.at();
                ui.seeStatus("Completed");
                // The first round warms everything up.
                if (i >= 0) {
                    millis[i] = Duration.between(firstText(api, run), shown).toNanos() / 1e6;
                }
            }
            figures.addMedian("a first token on screen, after the service wrote it", Distribution.of(Arrays.stream(millis)), "ms", "100");
        }
    }

    private static Instant firstText(RunApi api, String run) {
        return api.replay(run).stream().filter(event -> event.type().equals("text.delta")).findFirst().map(RunEvent::at).orElseThrow();
    }
}
