@NullMarked
package org.claudeagentui.service.claude;

import org.jspecify.annotations.NullMarked;
