package org.claudeagentui.acceptance.ui;

import org.claudeagentui.acceptance.stack.Browser;
import org.openqa.selenium.remote.RemoteWebDriver;

import java.util.Map;

/** The theme that each page of a window has as its body comes, which is before anything can be painted. */
public final class FirstTheme {
    private static final String WATCH = """
            (() => {
              const seen = new MutationObserver(() => {
                if (document.body === null) return;
                seen.disconnect();
                window.firstTheme = document.documentElement.dataset.theme ?? 'the system\\'s';
              });
              seen.observe(document, {childList: true, subtree: true});
            })();
            """;

    private final RemoteWebDriver window;

    private FirstTheme(RemoteWebDriver window) {
        this.window = window;
    }

    /** Watches in each page that a window opens from now on. */
    public static FirstTheme of(RemoteWebDriver window) {
        Browser.devTools(window, "Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        return new FirstTheme(window);
    }

    /** That of the page that is open. */
    public String ofThePage() {
        return String.valueOf(window.executeScript("return window.firstTheme"));
    }
}
