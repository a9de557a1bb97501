package org.claudeagentui.service.web;

import java.util.Objects;

/**
 * What is wrong with one member of a request.
 *
 * @param field the member's name as the client wrote it, with dots and indices where it lies deeper
 * @param detail what is wrong with it, as the end of a sentence that the field begins
 */
public record FieldError(String field, String detail) {

    /** Refuses to be incomplete. */
    public FieldError {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(detail, "detail");
    }
}
