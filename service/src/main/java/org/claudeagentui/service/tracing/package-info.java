/** Traces: which step of which trace work is, and how the steps get to a collector where one is configured. */
@NullMarked
package org.claudeagentui.service.tracing;

import org.jspecify.annotations.NullMarked;
