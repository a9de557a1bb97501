package org.claudeagentui.service.tools;

/** An MCP server can't be used. The message says why, as what people may read: it holds no secret. */
public final class ToolServerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A server that can't be used. */
    public ToolServerException(String message) {
        super(message);
    }

    /** A server that can't be used because of something that went wrong below. */
    public ToolServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
