package org.claudeagentui.acceptance.stack;

import java.util.Optional;

/** The key for the real Messages API, which {@code ./stack acceptance --live} hands over; without it nobody but the stand-in is asked. */
public final class LiveKey {
    /** The environment's name for it: another than the service's, so that no key that happens to lie about is ever used. */
    public static final String VARIABLE = "ACCEPTANCE_LIVE_KEY";

    private LiveKey() {
    }

    /** The key, where one was handed over. */
    public static Optional<String> get() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(key -> !key.isEmpty());
    }

    static String described() {
        return get().isPresent()
                ? "the stand-in and, for two runs, the real one"
                : "the stand-in; the real one was not asked (./stack acceptance --live asks it, with your key)";
    }
}
