package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An error in the shape in which the Messages API reports one.
 *
 * @param status the HTTP status it goes with
 * @param type the API's name of its kind
 */
record ApiError(int status, String type, String message) {
    static ApiError invalidRequest(String message) {
        return new ApiError(400, "invalid_request_error", message);
    }

    static ApiError authentication(String message) {
        return new ApiError(401, "authentication_error", message);
    }

    static ApiError notFound(String message) {
        return new ApiError(404, "not_found_error", message);
    }

    /** An error of a kind known by its name; an unknown kind goes with status 500. */
    static ApiError ofType(String type, String message) {
        int status = switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
        return new ApiError(status, type, message);
    }

    /** The kind of error that the API reports with a status. */
    static String typeOf(int status) {
        return switch (status) {
            case 400, 405 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
    }

    ObjectNode body(String requestId) {
        ObjectNode body = Json.object();
        body.put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return body.put("request_id", requestId);
    }
}
