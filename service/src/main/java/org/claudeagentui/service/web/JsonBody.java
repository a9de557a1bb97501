package org.claudeagentui.service.web;

import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the body of a request. */
public final class JsonBody {
    private static final JsonReaderFactory READERS = Jsons.PROVIDER
            .createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private static final int MOST_DIGITS = 400;
    private static final int MOST_LEVELS = 100;

    private JsonBody() {
    }

    /**
     * Reads one JSON object in UTF-8.
     *
     * @param body the body
     * @return the object, in which no name occurs twice and every number is one that can be reckoned with
     * @throws ProblemException if it is anything else
     */
    public static JsonObject object(InputStream body) {
        return object(bytes(body));
    }

    /** All of a body as it was sent. */
    public static byte[] bytes(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one JSON object in UTF-8.
     *
     * @param body the body
     * @return the object, in which no name occurs twice and every number is one that can be reckoned with
     * @throws ProblemException if it is anything else
     */
    public static JsonObject object(byte[] body) {
        var text = text(body);
        refuseDeep(text);
        try {
            var object = object(text);
            refuseMoreThan(text);
            return object;
        } catch (JsonParsingException e) {
            throw bad("The body is no JSON object: see line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber() + ".", e);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) { // What the reader throws where it has had enough has no type of its own.
            throw bad("The body is no JSON object that can be read.", e);
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw bad("The body is no UTF-8.", e);
        }
    }

    /** The reader calls itself for each level, and so do others that the values are handed to. */
    private static void refuseDeep(String text) {
        var depth = 0;
        var quoted = false;
        for (var at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> quoted = !quoted;
                case '\\' -> at += quoted ? 1 : 0;
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {
                    // It neither opens nor closes anything.
                }
            }
            if (depth > MOST_LEVELS) {
                throw new ProblemException(Problem.badRequest("Values in the body are nested more than " + MOST_LEVELS + " deep."));
            }
        }
    }

    private static JsonObject object(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            var object = reader.readObject();
            if (!isReasonable(object)) {
                throw new ProblemException(Problem.badRequest("A number in the body has too many digits."));
            }
            return object;
        }
    }

    /** The reader stops at the object's end; what comes after it is an error, too. */
    private static void refuseMoreThan(String text) {
        try (var parser = Jsons.PROVIDER.createParser(new StringReader(text))) {
            parser.next();
            parser.skipObject();
            parser.hasNext();
        }
    }

    private static boolean isReasonable(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.values().stream().allMatch(JsonBody::isReasonable);
            case JsonArray list -> list.stream().allMatch(JsonBody::isReasonable);
            case JsonNumber number -> isReasonable(number.toString());
            default -> true;
        };
    }

    private static boolean isReasonable(String number) {
        try {
            return number.length() <= MOST_DIGITS && Math.abs(new BigDecimal(number).scale()) <= MOST_DIGITS;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static ProblemException bad(String detail, Exception cause) {
        return new ProblemException(Problem.badRequest(detail), cause);
    }
}
