/** Runs as a client sees them: started, followed, cut off, resumed, cancelled. */
@NullMarked
package org.claudeagentui.acceptance.runs;

import org.jspecify.annotations.NullMarked;
