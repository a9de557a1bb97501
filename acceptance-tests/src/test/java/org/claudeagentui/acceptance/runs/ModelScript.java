package org.claudeagentui.acceptance.runs;

import org.claudeagentui.acceptance.standin.StandinScript;

/** What the model does when it is asked once. */
@FunctionalInterface
public interface ModelScript {
    /** Adds its steps to an empty script. */
    StandinScript apply(StandinScript script);
}
