/** The service's OpenAPI document, as tests make use of it. */
@NullMarked
package org.claudeagentui.acceptance.openapi;

import org.jspecify.annotations.NullMarked;
