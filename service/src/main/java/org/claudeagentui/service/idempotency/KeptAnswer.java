package org.claudeagentui.service.idempotency;

import java.util.Optional;

/**
 * An answer to a request that made something, as it is kept for the same request's repetition.
 *
 * @param status its HTTP status
 * @param location the address of what was made
 * @param tag the header ETag, if it has one
 * @param body its body, JSON
 */
public record KeptAnswer(int status, String location, Optional<String> tag, String body) {}
