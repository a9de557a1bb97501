package org.claudeagentui.acceptance.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest calls of tools, bounded in number and in bytes; the oldest are forgotten first. */
final class ToolCalls {
    static final int LIMIT = 1000;
    static final long LIMIT_BYTES = 4L * 1024 * 1024;

    private final Deque<ToolCall> calls = new ArrayDeque<>();

    synchronized void add(ToolCall call) {
        calls.add(call);
        long bytes = calls.stream().mapToLong(ToolCall::bytes).sum();
        while (calls.size() > LIMIT || (bytes > LIMIT_BYTES && calls.size() > 1)) {
            bytes -= calls.remove().bytes();
        }
    }

    /** Those of which the arguments contain the text, oldest first. */
    synchronized List<ToolCall> find(String argumentsContain) {
        return calls.stream().filter(call -> call.argumentsContain(argumentsContain)).toList();
    }

    synchronized void clear() {
        calls.clear();
    }
}
