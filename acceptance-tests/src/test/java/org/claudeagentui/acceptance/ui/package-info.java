/** The web UI as people use it, in a real browser: found by what things are and say, and judged by what is shown. */
@NullMarked
package org.claudeagentui.acceptance.ui;

import org.jspecify.annotations.NullMarked;
