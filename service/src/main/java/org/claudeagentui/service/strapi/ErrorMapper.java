package org.claudeagentui.service.strapi;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import org.claudeagentui.service.web.FieldError;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Reads Strapi's error answers: {@code {"error":{"status","name","message","details":{"errors":[{"path","message"}]}}}}. */
final class ErrorMapper implements ResponseExceptionMapper<StrapiException> {
    private static final int NOT_FOUND = 404;
    private static final String UNIQUE = "must be unique";
    private static final String CHANGED = "EntryChangedError";

    @Override
    public @Nullable StrapiException toThrowable(Response response) {
        var status = response.getStatus();
        return switch (status) {
            case NOT_FOUND -> new StrapiException.NotFound();
            case 401, 403 -> new StrapiException.Unauthorized(status);
            case 400 -> refusal(response);
            case 409 -> new StrapiException.Undecipherable(error(response).getString("message", "no reason given"));
            default -> new StrapiException.Unavailable("Strapi answers " + status);
        };
    }

    private static StrapiException refusal(Response response) {
        var error = error(response);
        if (error.getString("name", "").equals(CHANGED)) {
            return new StrapiException.Changed();
        }
        var errors = fieldErrors(error);
        if (!errors.isEmpty() && errors.stream().allMatch(it -> it.detail().endsWith(UNIQUE))) {
            return new StrapiException.Conflict(errors);
        }
        return new StrapiException.Invalid(error.getString("message", "no reason given"), errors);
    }

    private static JsonObject error(Response response) {
        return body(response).map(body -> body.get("error"))
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    private static Optional<JsonObject> body(Response response) {
        try {
            return Optional.ofNullable(response.readEntity(JsonObject.class));
        } catch (ProcessingException | JsonException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static List<FieldError> fieldErrors(JsonObject error) {
        if (!(error.get("details") instanceof JsonObject details) || !details.containsKey("errors")) {
            return List.of();
        }
        return details.getJsonArray("errors").getValuesAs(JsonObject.class).stream().map(ErrorMapper::fieldError).toList();
    }

    private static FieldError fieldError(JsonObject error) {
        var path = error.getJsonArray("path").stream().map(ErrorMapper::text).toList();
        var message = error.getString("message", "is not accepted").replaceFirst("^This attribute ", "");
        return new FieldError(String.join(".", path), message);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
