package org.claudeagentui.service.web;

import jakarta.json.JsonObject;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An error as a client is told of it (RFC 9457).
 *
 * @param type what kind of problem it is: a word that programs can rely on, made a URI by {@link #toJson}
 * @param status HTTP status, 400 to 599
 * @param title what the kind of problem is called
 * @param detail what happened here and what to do about it
 * @param errors the members of the request that are wrong; empty where none is
 * @param retryAfter in how many seconds the same may succeed, where that is known
 */
public record Problem(String type, int status, String title, String detail, List<FieldError> errors, OptionalInt retryAfter) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int RETRY_SECONDS = 2;
    private static final int MOST_ERRORS = 50;
    private static final String TYPES = "urn:claude-agent-ui:problem:";

    /** Refuses to be incomplete. */
    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(detail, "detail");
        errors = List.copyOf(errors);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("Status " + status + " tells of no problem");
        }
    }

    /** A problem that lasts, or, with status 503, passes. */
    public Problem(String type, int status, String title, String detail, List<FieldError> errors) {
        this(type, status, title, detail, errors, status == 503 ? OptionalInt.of(RETRY_SECONDS) : OptionalInt.empty());
    }

    /** A request that can't be understood: 400. */
    public static Problem badRequest(String detail) {
        return of("bad-request", 400, "The request can't be understood", detail);
    }

    /** A request from a place that may not make it: 403. */
    public static Problem forbidden(String detail) {
        return of("forbidden", 403, "Not allowed", detail);
    }

    /** Nothing is there: 404. */
    public static Problem notFound(String detail) {
        return of("not-found", 404, "Not found", detail);
    }

    /** The method makes no sense here: 405. */
    public static Problem methodNotAllowed(String detail) {
        return of("method-not-allowed", 405, "Method not allowed", detail);
    }

    /** The request clashes with what is there: 409. */
    public static Problem conflict(String detail, List<FieldError> errors) {
        return new Problem("conflict", 409, "In conflict with what is there", detail, errors);
    }

    /** The same request is being worked on: 409. */
    public static Problem atWork(String detail) {
        return new Problem("at-work", 409, "Already being worked on", detail, List.of(), OptionalInt.of(RETRY_SECONDS));
    }

    /** What is to be changed is no longer as the request says it is: 412. */
    public static Problem changed(String detail, List<FieldError> errors) {
        return new Problem("changed", 412, "Changed meanwhile", detail, errors);
    }

    /** What was here is kept no longer: 410. */
    public static Problem gone(String detail) {
        return of("gone", 410, "Kept no longer", detail);
    }

    /** The body is too large: 413. */
    public static Problem tooLarge(String detail) {
        return of("too-large", 413, "Too large", detail);
    }

    /** The body isn't JSON: 415. */
    public static Problem unsupportedMediaType(String detail) {
        return of("unsupported-media-type", 415, "Unsupported media type", detail);
    }

    /** The body is understood, but some of its members are wrong: 422. Of very many only the first are told. */
    public static Problem invalid(List<FieldError> errors) {
        var told = errors.stream().limit(MOST_ERRORS).toList();
        var names = String.join(", ", told.stream().map(FieldError::field).distinct().toList());
        var more = errors.size() > MOST_ERRORS ? " and " + (errors.size() - MOST_ERRORS) + " more" : "";
        return new Problem("invalid", 422, "Some fields are wrong", "Correct these and send it again: " + names + more + ".", told);
    }

    /** Too much was asked in too short a time: 429. */
    public static Problem tooMany(String detail, int retryAfterSeconds) {
        return new Problem("too-many-requests", 429, "Too many requests", detail, List.of(), OptionalInt.of(retryAfterSeconds));
    }

    /** The service failed: 500. The cause is in its log and nowhere else. */
    public static Problem internal() {
        return of("internal", 500, "The service failed", "The cause is in the service's log, under this request's id.");
    }

    /** Something that the service needs is away, or it has too much to do: 503. */
    public static Problem unavailable(String detail) {
        return of("unavailable", 503, "Not available right now", detail);
    }

    /** A problem without wrong members. */
    public static Problem of(String type, int status, String title, String detail) {
        return new Problem(type, status, title, detail, List.of());
    }

    /**
     * The problem as it is sent.
     *
     * @param requestId id of the request that met it
     * @return one JSON object
     */
    public JsonObject toJson(String requestId) {
        var json = Jsons.PROVIDER.createObjectBuilder()
                .add("type", TYPES + type)
                .add("title", title)
                .add("status", status)
                .add("detail", detail);
        if (!errors.isEmpty()) {
            var list = Jsons.PROVIDER.createArrayBuilder();
            errors.forEach(error -> list.add(Jsons.PROVIDER.createObjectBuilder()
                    .add("field", error.field())
                    .add("detail", error.detail())));
            json.add("errors", list);
        }
        return json.add("requestId", requestId).build();
    }
}
