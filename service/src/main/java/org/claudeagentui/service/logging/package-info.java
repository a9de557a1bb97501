@NullMarked
package org.claudeagentui.service.logging;

import org.jspecify.annotations.NullMarked;
