@NullMarked
package org.claudeagentui.service.health;

import org.jspecify.annotations.NullMarked;
