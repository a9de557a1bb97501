package org.claudeagentui.service.claude;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.time.Duration;
import java.util.Optional;

/** Tells what went wrong from the model API's error answers and error events. */
final class FailureReader {

    private static final int MAX_MESSAGE_LENGTH = 500;
    private static final int MAX_RETRY_AFTER_DIGITS = 9;

    private FailureReader() {
    }

    static ModelFailure ofAnswer(int status, String body, Optional<String> retryAfterHeader) {
        String message = "The model API answered " + status + ": " + messageOf(body);
        Optional<Duration> wait = retryAfterHeader.flatMap(FailureReader::seconds);
        return switch (status) {
            case 401, 403 -> new ModelFailure.Refused(message);
            case 429 -> new ModelFailure.RateLimited(message, wait);
            case 529 -> new ModelFailure.Overloaded(message, wait);
            default -> {
                if (status >= 500) {
                    yield new ModelFailure.ServerError(message, wait);
                }
                yield status >= 400 ? new ModelFailure.InvalidRequest(message) : new ModelFailure.ProtocolViolated(message);
            }
        };
    }

    static ModelFailure inStream(JsonObject error) {
        String message = "The model API broke its answer off: " + shortened(error.getString("message", "it did not say why"));
        return switch (error.getString("type", "")) {
            case "overloaded_error" -> new ModelFailure.Overloaded(message, Optional.empty());
            case "rate_limit_error" -> new ModelFailure.RateLimited(message, Optional.empty());
            case "invalid_request_error", "not_found_error", "request_too_large" -> new ModelFailure.InvalidRequest(message);
            case "authentication_error", "permission_error" -> new ModelFailure.Refused(message);
            default -> new ModelFailure.ServerError(message, Optional.empty());
        };
    }

    private static String messageOf(String body) {
        try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(body))) {
            return shortened(reader.readObject().getJsonObject("error").getString("message"));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            // A proxy's page, or nothing: the status has to do.
            return "no reason was given";
        }
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH) + "…";
    }

    private static Optional<Duration> seconds(String header) {
        String text = header.strip();
        boolean digits = !text.isEmpty() && text.length() <= MAX_RETRY_AFTER_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }
}
