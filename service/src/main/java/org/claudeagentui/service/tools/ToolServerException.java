package org.claudeagentui.service.tools;

import java.util.Objects;

/** An MCP server can't be used. The message says why, as what people may read: it holds no secret. */
public final class ToolServerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * A server that can't be used.
     *
     * @param remedy what to do about it, a sentence
     */
    public ToolServerException(String message, String remedy) {
        super(message);
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * A server that can't be used because of something that went wrong below.
     *
     * @param remedy what to do about it, a sentence
     */
    public ToolServerException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
