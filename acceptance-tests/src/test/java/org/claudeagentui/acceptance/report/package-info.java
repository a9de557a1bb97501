/**
 * One model of the acceptance verdict, collected while the suite runs and rendered as JSON, Markdown and a terminal summary.
 */
@NullMarked
package org.claudeagentui.acceptance.report;

import org.jspecify.annotations.NullMarked;
