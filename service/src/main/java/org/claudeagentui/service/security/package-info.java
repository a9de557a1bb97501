/** Who is calling, and what they may see. */
@NullMarked
package org.claudeagentui.service.security;

import org.jspecify.annotations.NullMarked;
