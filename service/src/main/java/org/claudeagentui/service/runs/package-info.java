/**
 * Runs: an agent put to work on an input. Holds the run and its events, the engine that drives it, the journal that
 * keeps it and the stream that shows it.
 */
@NullMarked
package org.claudeagentui.service.runs;

import org.jspecify.annotations.NullMarked;
