package org.claudeagentui.service.runs;

import org.claudeagentui.service.tools.Tools;

import java.time.Duration;

/**
 * How runs use tools.
 *
 * @param tools opens them
 * @param mostTurns most answers of the model in a run
 * @param patience how long a tool may take
 * @param longestResult most characters of a tool's answer that the model and a run's readers are given
 */
record ToolAccess(Tools tools, int mostTurns, Duration patience, int longestResult) {}
