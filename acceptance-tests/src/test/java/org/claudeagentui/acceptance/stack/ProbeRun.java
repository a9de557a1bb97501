package org.claudeagentui.acceptance.stack;

import java.time.Instant;

/** A command that ran in a service's container, by the engine's clock, and whether it ended with zero. */
record ProbeRun(String service, Instant began, Instant ended, boolean passed) {}
