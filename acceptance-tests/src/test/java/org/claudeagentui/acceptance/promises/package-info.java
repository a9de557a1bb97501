/**
 * One test class a promise family. Each test names the promise it proves and leaves the evidence.
 */
@NullMarked
package org.claudeagentui.acceptance.promises;

import org.jspecify.annotations.NullMarked;
