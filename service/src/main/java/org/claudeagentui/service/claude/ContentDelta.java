package org.claudeagentui.service.claude;

/** What a block of content grows by. */
public sealed interface ContentDelta {

    /**
     * More text.
     *
     * @param text the piece
     */
    record Text(String text) implements ContentDelta {}

    /**
     * More thinking.
     *
     * @param thinking the piece
     */
    record Thinking(String thinking) implements ContentDelta {}

    /**
     * The signature that proves a block of thinking to be the model's.
     *
     * @param signature the signature
     */
    record Signature(String signature) implements ContentDelta {}

    /**
     * More of a tool's input.
     *
     * @param partialJson a piece of JSON text, not JSON by itself
     */
    record InputJson(String partialJson) implements ContentDelta {}

    /**
     * Any other kind.
     *
     * @param type its name
     */
    record Other(String type) implements ContentDelta {}
}
