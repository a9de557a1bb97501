package org.claudeagentui.acceptance.ui;

import org.claudeagentui.acceptance.stack.Browser;
import org.openqa.selenium.remote.RemoteWebDriver;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How somebody has their browser: the window's size, and light or dark. Nothing moves in any of them, so that two looks are alike. */
public enum Look {
    /** A wide window, light. */
    LIGHT(1280, 900, false),
    /** A wide window, dark. */
    DARK(1280, 900, true),
    /** A phone, light. */
    PHONE_LIGHT(390, 844, false),
    /** A phone, dark. */
    PHONE_DARK(390, 844, true);

    private final int width;
    private final int height;
    private final boolean dark;

    Look(int width, int height, boolean dark) {
        this.width = width;
        this.height = height;
        this.dark = dark;
    }

    /** Gives a window this look. */
    public void wearIn(RemoteWebDriver window) {
        Browser.devTools(window, "Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", false));
        Browser.devTools(window, "Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value",
                dark ? "dark" : "light"), Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Whether only colours tell it from another look. */
    public boolean isDark() {
        return dark;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
