/** Skills: instructions that agents share. */
@NullMarked
package org.claudeagentui.service.skills;

import org.jspecify.annotations.NullMarked;
