/** MCP servers: where agents' tools come from. */
@NullMarked
package org.claudeagentui.service.mcpservers;

import org.jspecify.annotations.NullMarked;
