package org.claudeagentui.service.web;

import jakarta.json.spi.JsonProvider;

/** Where JSON is made. */
public final class Jsons {
    /** The one provider: {@code jakarta.json.Json} looks for it on the class path again at each call. */
    public static final JsonProvider PROVIDER = JsonProvider.provider();

    private Jsons() {
    }
}
