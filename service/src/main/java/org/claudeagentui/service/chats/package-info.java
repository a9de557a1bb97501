/** Chats: conversations with an agent, of which each turn is a run. */
@NullMarked
package org.claudeagentui.service.chats;

import org.jspecify.annotations.NullMarked;
