/** Tasks: prompts that are kept, with values for their placeholders, to be run by an agent again and again. */
@NullMarked
package org.claudeagentui.service.tasks;

import org.jspecify.annotations.NullMarked;
