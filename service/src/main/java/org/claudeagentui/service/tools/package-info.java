/** Tools of MCP servers: the connections that a run has to them, and the calls that it makes. */
@NullMarked
package org.claudeagentui.service.tools;

import org.jspecify.annotations.NullMarked;
