@NullMarked
package org.claudeagentui.service.settings;

import org.jspecify.annotations.NullMarked;
