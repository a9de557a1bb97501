/** Requests that mean no good, made from the service's OpenAPI document, and what is wrong with the answers to them. */
@NullMarked
package org.claudeagentui.acceptance.hostile;

import org.jspecify.annotations.NullMarked;
