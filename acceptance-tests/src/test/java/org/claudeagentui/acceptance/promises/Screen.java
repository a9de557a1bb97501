package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.ui.WebUi;

import java.util.function.Consumer;

/**
 * One screen of the web UI.
 *
 * @param name what people call it
 * @param way how it is come to from any other
 */
record Screen(String name, Consumer<WebUi> way) {
    /** A page that has an address and a heading. */
    static Screen page(String name, String path, String heading) {
        return new Screen(name, ui -> ui.open(path).seeHeading(heading));
    }

    /** The same page after something was done in it. */
    Screen after(String more, Consumer<WebUi> action) {
        return new Screen(name + ", " + more, way.andThen(action));
    }

    void show(WebUi ui) {
        way.accept(ui);
    }
}
