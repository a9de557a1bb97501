package org.claudeagentui.acceptance.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.net.http.HttpHeaders;

/**
 * An HTTP answer.
 *
 * @param status the status code
 * @param headers the headers
 * @param body the body as text
 */
public record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the status is one of success. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Gives this answer back, or fails with what was said instead. */
    public Answer orThrow() {
        if (!succeeded()) {
            throw new IllegalStateException("Status %d: %.600s".formatted(status, body));
        }
        return this;
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: %.300s".formatted(body), e);
        }
    }
}
