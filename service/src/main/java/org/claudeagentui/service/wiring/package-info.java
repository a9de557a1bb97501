@NullMarked
package org.claudeagentui.service.wiring;

import org.jspecify.annotations.NullMarked;
