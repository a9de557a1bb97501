package org.claudeagentui.service.claude;

import java.time.Duration;
import java.util.Optional;

/** Why the model gave no answer, or not all of it. */
public sealed interface ModelFailure {

    /** What happened, for the people who run or watch the service. Holds no secret. */
    String message();

    /** What kind of failure it is, for figures and traces. */
    default String kind() {
        return switch (this) {
            case RateLimited _ -> "rate_limited";
            case Overloaded _ -> "overloaded";
            case ServerError _ -> "server_error";
            case InvalidRequest _ -> "invalid_request";
            case Refused _ -> "refused";
            case TimedOut _ -> "timed_out";
            case ConnectionFailed _ -> "connection_failed";
            case ProtocolViolated _ -> "protocol_violated";
        };
    }

    /** Whether the same request may well succeed a little later. */
    default boolean transientFailure() {
        return switch (this) {
            case RateLimited _,Overloaded _,ServerError _,ConnectionFailed _ -> true;
            case InvalidRequest _,Refused _,TimedOut _,ProtocolViolated _ -> false;
        };
    }

    /** How long the model API asks to be left alone. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /**
     * Too many requests or tokens in a while (429).
     *
     * @param message see {@link ModelFailure#message()}
     * @param retryAfter how long the API asks to be left alone
     */
    record RateLimited(String message, Optional<Duration> retryAfter) implements ModelFailure {}

    /**
     * The model API has more work than it can do (529).
     *
     * @param message see {@link ModelFailure#message()}
     * @param retryAfter how long the API asks to be left alone
     */
    record Overloaded(String message, Optional<Duration> retryAfter) implements ModelFailure {}

    /**
     * The model API failed (5xx).
     *
     * @param message see {@link ModelFailure#message()}
     * @param retryAfter how long the API asks to be left alone
     */
    record ServerError(String message, Optional<Duration> retryAfter) implements ModelFailure {}

    /**
     * The model API can't serve this request, now or later.
     *
     * @param message see {@link ModelFailure#message()}
     */
    record InvalidRequest(String message) implements ModelFailure {}

    /**
     * The API key is missing, wrong, or not allowed to do this (401, 403).
     *
     * @param message see {@link ModelFailure#message()}
     */
    record Refused(String message) implements ModelFailure {}

    /**
     * A deadline passed: to connect, between two signs of life, or of the whole run.
     *
     * @param message see {@link ModelFailure#message()}
     */
    record TimedOut(String message) implements ModelFailure {}

    /**
     * The connection could not be made, or broke.
     *
     * @param message see {@link ModelFailure#message()}
     */
    record ConnectionFailed(String message) implements ModelFailure {}

    /**
     * What came is not the Messages API's wire format.
     *
     * @param message see {@link ModelFailure#message()}
     */
    record ProtocolViolated(String message) implements ModelFailure {}
}
