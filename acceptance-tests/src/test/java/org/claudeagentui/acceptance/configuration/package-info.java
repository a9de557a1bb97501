/** Whether all places that name the stack's variables name the same ones, with the same defaults. Needs files only. */
@NullMarked
package org.claudeagentui.acceptance.configuration;

import org.jspecify.annotations.NullMarked;
