package org.claudeagentui.service.tools;

/**
 * What a tool answered.
 *
 * @param text its answer, or why there is none
 * @param isError whether it failed
 */
public record ToolResult(String text, boolean isError) {

    static ToolResult failed(String why) {
        return new ToolResult(why, true);
    }
}
