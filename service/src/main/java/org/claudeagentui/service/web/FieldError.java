package org.claudeagentui.service.web;

import java.util.Objects;

/**
 * What is wrong with one member of a request.
 *
 * @param field the member's name as the client wrote it, with dots and indices where it lies deeper
 * @param detail what is wrong with it, as the end of a sentence that the field begins
 */
public record FieldError(String field, String detail) {

    private static final int LONGEST_NAME = 100;

    /** Refuses to be incomplete, and says no more of a name than anybody reads. */
    public FieldError {
        field = shortened(Objects.requireNonNull(field, "field"));
        Objects.requireNonNull(detail, "detail");
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
