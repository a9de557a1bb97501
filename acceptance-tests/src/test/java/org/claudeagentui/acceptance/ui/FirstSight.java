package org.claudeagentui.acceptance.ui;

import org.awaitility.Awaitility;
import org.claudeagentui.acceptance.stack.Browser;
import org.openqa.selenium.remote.RemoteWebDriver;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** The moment at which each page of a window first shows something, told by the page itself as it is about to be painted. */
public final class FirstSight {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);
    private static final String WATCH = """
            (() => {
              const seen = new MutationObserver(() => {
                if (![...document.querySelectorAll(SELECTOR)].some(found => found.textContent.trim() !== '')) return;
                seen.disconnect();
                requestAnimationFrame(() => { window.firstSight = performance.now(); });
              });
              seen.observe(document, {childList: true, subtree: true, characterData: true});
            })();
            """;

    private final RemoteWebDriver window;

    private FirstSight(RemoteWebDriver window) {
        this.window = window;
    }

    /**
     * Watches in each page that a window opens from now on.
     *
     * @param selector what is watched for, as a CSS selector without quotation marks; it is seen once there is a text in it
     */
    public static FirstSight of(RemoteWebDriver window, String selector) {
        Browser.devTools(window, "Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH.replace("SELECTOR", '"' + selector
                + '"')));
        return new FirstSight(window);
    }

    /** How long after the page was asked for, once it is seen. */
    public Duration afterRequest() {
        return Duration.ofNanos(Math.round(number("window.firstSight") * 1_000_000));
    }

    /** When, by the clock of this machine, once it is seen. */
    public Instant at() {
        return Instant.ofEpochSecond(0, Math.round(number("performance.timeOrigin + window.firstSight") * 1_000_000));
    }

    private double number(String expression) {
        Object number = Awaitility.await("the first sight")
                .atMost(SEEN_WITHIN)
                .until(() -> window.executeScript("return window.firstSight === undefined ? null : " + expression), Objects::nonNull);
        return ((Number) Objects.requireNonNull(number)).doubleValue();
    }
}
