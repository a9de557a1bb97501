package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.MessageBlock;

import java.util.List;

/**
 * A whole answer of the model.
 *
 * @param stopReason why the model stopped, in its own words
 * @param content what it answered
 */
record Answer(String stopReason, List<MessageBlock> content) {

    private static final String WANTS_TOOLS = "tool_use";
    private static final String PAUSES = "pause_turn";

    Answer {
        content = List.copyOf(content);
    }

    /** The uses of tools that the model waits for; none where it stopped for another reason. */
    List<MessageBlock.ToolUse> toolUses() {
        return stopReason.equals(WANTS_TOOLS) ? toolUses(content) : List.of();
    }

    /** Whether the model is to be asked again, with this answer as what it said. */
    boolean goesOn() {
        return !toolUses().isEmpty() || (stopReason.equals(PAUSES) && !content.isEmpty());
    }

    static List<MessageBlock.ToolUse> toolUses(List<MessageBlock> content) {
        return content.stream().filter(MessageBlock.ToolUse.class::isInstance).map(MessageBlock.ToolUse.class::cast).toList();
    }
}
