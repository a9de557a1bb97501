package org.claudeagentui.service.claude;

/**
 * One event as it stood in the stream.
 *
 * @param name its name, empty when it has none
 * @param data its data, lines joined by line feeds
 */
record ServerSentEvent(String name, String data) {}
