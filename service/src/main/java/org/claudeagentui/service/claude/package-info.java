/** The Messages API as this service speaks it: requests, streamed events, failures, prices. */
@NullMarked
package org.claudeagentui.service.claude;

import org.jspecify.annotations.NullMarked;
