@NullMarked
package org.claudeagentui.service.runs;

import org.jspecify.annotations.NullMarked;
