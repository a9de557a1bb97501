package org.claudeagentui.service.web;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the body of a request. */
public final class JsonBody {
    private static final JsonReaderFactory READERS = Json
            .createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private JsonBody() {
    }

    /**
     * Reads one JSON object in UTF-8.
     *
     * @param body the body
     * @return the object, in which no name occurs twice
     * @throws ProblemException if it is anything else
     */
    public static JsonObject object(InputStream body) {
        try (var reader = READERS.createReader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()))) {
            var value = reader.readValue();
            if (value.getValueType() == JsonValue.ValueType.OBJECT) {
                return value.asJsonObject();
            }
            throw bad("The body has to be a JSON object.");
        } catch (JsonParsingException e) {
            throw bad("The body is no JSON: see line " + e.getLocation().getLineNumber() + ", column " + e.getLocation().getColumnNumber()
                    + ".");
        } catch (JsonException e) {
            throw e.getCause() instanceof IOException cause && !(cause instanceof CharacterCodingException)
                    ? new UncheckedIOException(cause)
                    : bad("The body is no JSON in UTF-8.");
        } catch (IllegalStateException e) {
            throw bad("A name occurs twice in one object of the body.");
        }
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Problem.badRequest(detail));
    }
}
