package org.claudeagentui.service.claude;

import java.util.Optional;

/** One event of a streamed answer. */
public sealed interface StreamEvent {

    /**
     * The answer begins.
     *
     * @param model the model that really answers
     * @param usage what was counted so far
     */
    record MessageStart(String model, UsageUpdate usage) implements StreamEvent {}

    /**
     * A block of content begins.
     *
     * @param index the block's place in the answer
     * @param block what kind it is
     */
    record BlockStart(int index, ContentBlock block) implements StreamEvent {}

    /**
     * A block of content grows.
     *
     * @param index the block's place in the answer
     * @param delta by what
     */
    record BlockDelta(int index, ContentDelta delta) implements StreamEvent {}

    /**
     * A block of content is complete.
     *
     * @param index the block's place in the answer
     */
    record BlockStop(int index) implements StreamEvent {}

    /**
     * The answer's last words on itself.
     *
     * @param stopReason why the model stopped
     * @param usage what was counted in all
     */
    record MessageDelta(Optional<String> stopReason, UsageUpdate usage) implements StreamEvent {}

    /** The answer is complete. */
    record MessageStop() implements StreamEvent {}

    /** A sign of life. */
    record Ping() implements StreamEvent {}

    /**
     * The answer breaks off.
     *
     * @param failure why
     */
    record Failed(ModelFailure failure) implements StreamEvent {}

    /**
     * An event that came after this was written: to be passed over.
     *
     * @param type its name
     */
    record Unknown(String type) implements StreamEvent {}
}
