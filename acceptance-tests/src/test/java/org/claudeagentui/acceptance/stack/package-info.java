/**
 * Boots the project's own topology under a name of its own and observes it from outside: engine events, inspection, probes.
 */
@NullMarked
package org.claudeagentui.acceptance.stack;

import org.jspecify.annotations.NullMarked;
