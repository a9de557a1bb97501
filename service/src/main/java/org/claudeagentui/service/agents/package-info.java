@NullMarked
package org.claudeagentui.service.agents;

import org.jspecify.annotations.NullMarked;
