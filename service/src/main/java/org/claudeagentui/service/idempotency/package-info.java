/** Requests that bring a key, of which the second one gets the first one's answer and does nothing. */
@NullMarked
package org.claudeagentui.service.idempotency;

import org.jspecify.annotations.NullMarked;
