/** Data in bulk, for tests and benches whose subject is how much there is. */
@NullMarked
package org.claudeagentui.acceptance.data;

import org.jspecify.annotations.NullMarked;
