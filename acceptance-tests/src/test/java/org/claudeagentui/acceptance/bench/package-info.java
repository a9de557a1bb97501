/** Measurements, by a command of their own ({@code mvn -Pbench verify}): figures beside their goals, not verdicts. */
@NullMarked
package org.claudeagentui.acceptance.bench;

import org.jspecify.annotations.NullMarked;
