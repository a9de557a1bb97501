/** The model stand-in: a scriptable server that speaks the wire format of Anthropic's Messages API. */
@NullMarked
package org.claudeagentui.acceptance.standin;

import org.jspecify.annotations.NullMarked;
