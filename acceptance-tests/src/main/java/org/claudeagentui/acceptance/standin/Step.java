package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One thing that a script does. The head and {@code message_start} go out by themselves before the first step that needs them. */
sealed interface Step {
    /** Sends the answer's head, if so wished one byte at a time. */
    record Headers(int status, Map<String, String> headers, Duration perByte) implements Step {}

    /** A whole answer that is no message; the script's last step. */
    record Respond(int status, Map<String, String> headers, String body) implements Step {}

    record Delay(Duration duration) implements Step {}

    record MessageStart() implements Step {}

    record Text(Deltas deltas) implements Step {}

    record Thinking(Deltas deltas, String signature) implements Step {}

    record ToolUse(Optional<String> id, String name, Deltas input) implements Step {}

    record Ping() implements Step {}

    /** An event of any name, for those that the API may invent. */
    record Event(String name, JsonNode data) implements Step {}

    /** An {@code error} event; without streaming an answer with the error's status. The script's last step. */
    record StreamError(ApiError error) implements Step {}

    /** Replaces what the stand-in would count. */
    record ReportUsage(Optional<Long> inputTokens, Optional<Long> cacheCreationInputTokens, Optional<Long> cacheReadInputTokens,
            Optional<Long> outputTokens) implements Step {}

    /** Closes the open block and sends {@code message_delta}. */
    record StopReason(String reason, Optional<String> sequence) implements Step {}

    record MessageStop() implements Step {}

    /** From here on the body leaves in writes of so many bytes, whatever the events' bounds. */
    record Fragment(int bytes) implements Step {}

    /** Ends the connection once the body has grown to so many bytes, counted from its first byte or from here. */
    record CutAfter(long bytes, boolean fromHere, Ending ending) implements Step {}

    /** Ends the connection so many bytes into the next occurrence of a text. */
    record CutInside(String text, int bytes, Ending ending) implements Step {}

    /** Bytes that make no sense, as part of the body or past all framing. */
    record Garbage(int bytes, boolean framed) implements Step {}

    /** Given bytes, as part of the body or past all framing. */
    record Raw(String base64, boolean framed) implements Step {}

    record Reset() implements Step {}

    record Close() implements Step {}

    /** Silence until the client leaves, or the limit has passed and the connection is closed. */
    record Stall(Duration limit) implements Step {}
}
