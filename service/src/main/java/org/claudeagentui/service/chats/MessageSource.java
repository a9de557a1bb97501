package org.claudeagentui.service.chats;

import java.util.List;

/** Where what was said in chats is read from. */
@FunctionalInterface
interface MessageSource {
    /** How many messages a page has, but the last. */
    int PAGE = 100;

    /** A page of a chat's messages, newest first. Pages count from 1. */
    List<ChatMessage> newest(String chat, int page);
}
