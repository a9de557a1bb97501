package org.claudeagentui.service.logging;

import io.helidon.logging.common.spi.LoggingProvider;

/** Keeps Helidon from setting up logging: {@link Logs} has done so before. */
public final class LeaveLoggingAlone implements LoggingProvider {

    /** Made by the service loader. */
    public LeaveLoggingAlone() {
        // Nothing to keep.
    }

    @Override
    public void initialization() {
        // Logs.configure is all there is.
    }

    @Override
    public void runTime() {
        // Logs.configure is all there is.
    }
}
