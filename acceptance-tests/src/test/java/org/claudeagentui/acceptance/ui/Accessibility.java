package org.claudeagentui.acceptance.ui;

import org.claudeagentui.acceptance.stack.Browser;
import org.openqa.selenium.remote.RemoteWebDriver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What axe-core finds amiss in the pages of a window. */
public final class Accessibility {
    /**
     * While the list of a field is open, the rest of the page is hidden from those who hear it, as behind a dialog: none of it can be
     * come to but by closing the list. So it isn't judged then by what those hear of it, which is nothing, and wanted.
     */
    private static final String CHECK = """
            const done = arguments[1];
            const behind = document.querySelector('[role=combobox][aria-expanded=true]')
              ? ['aria-hidden-focus', 'page-has-heading-one', 'region'] : [];
            const only = arguments[0].length > 0
              ? {runOnly: {type: 'rule', values: arguments[0]}}
              : {rules: Object.fromEntries(behind.map(rule => [rule, {enabled: false}]))};
            const where = node => node.target.join(' ') + ' (' + [...node.any, ...node.all, ...node.none].map(check => check.message)[0] + ')';
            axe.run(document, {resultTypes: ['violations'], ...only}).then(
              found => done(found.violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(where).join('; '))),
              failure => done(['axe-core itself failed: ' + failure]));
            """;

    private final RemoteWebDriver window;

    private Accessibility(RemoteWebDriver window) {
        this.window = window;
    }

    /** Checks each page that a window shows from now on. */
    public static Accessibility of(RemoteWebDriver window) {
        Browser.devTools(window, "Page.addScriptToEvaluateOnNewDocument", Map.of("source", script()));
        return new Accessibility(window);
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Accessibility.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The script of axe-core cannot be read", e);
        }
    }

    /** The rules that the page breaks, each with the first places. */
    public List<String> violations() {
        return check(List.of());
    }

    /** The rules on colours that the page breaks: all that can differ between a light page and the same one when dark. */
    public List<String> violationsOfColour() {
        return check(List.of("color-contrast", "link-in-text-block"));
    }

    private List<String> check(List<String> rules) {
        return ((List<?>) Objects.requireNonNull(window.executeAsyncScript(CHECK, rules))).stream().map(String::valueOf).toList();
    }
}
