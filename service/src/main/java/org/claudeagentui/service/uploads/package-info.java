@NullMarked
package org.claudeagentui.service.uploads;

import org.jspecify.annotations.NullMarked;
