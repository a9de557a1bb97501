/** What can befall a running service, and whether the stack heals. */
@NullMarked
package org.claudeagentui.acceptance.faults;

import org.jspecify.annotations.NullMarked;
