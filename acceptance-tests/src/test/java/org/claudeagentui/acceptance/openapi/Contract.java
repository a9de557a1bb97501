package org.claudeagentui.acceptance.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import org.claudeagentui.acceptance.stack.Answer;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds answers and examples against what an OpenAPI document says of them. */
public final class Contract {
    private static final String DOCUMENT = "https://openapi.example/document.json";
    private static final String EVENT = "/components/schemas/RunEvent";
    private static final String DATA = "data: ";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final ApiDocument document;
    private final JsonSchemaFactory schemas;

    /** What this document says. */
    public Contract(ApiDocument document) {
        this.document = document;
        schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                .schemaLoaders(loaders -> loaders.schemas(Map.of(DOCUMENT, document.root().toString()))));
    }

    /** In what an answer to an operation is not as described; nothing where it is. */
    public List<String> objections(Operation operation, Answer answer) {
        String described = document.located("%s/responses/%d".formatted(pointer(operation), answer.status()));
        if (document.root().at(described).isMissingNode()) {
            return List.of("no status of " + operation.id() + ": " + answer.status());
        }
        JsonNode content = document.root().at(described).path("content");
        if (content.isEmpty()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body with status " + answer.status());
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "").toLowerCase(Locale.ROOT);
        return content.has(type)
                ? objections(type, "%s/content/%s/schema".formatted(described, escaped(type)), answer.body())
                : List.of("no content type of " + operation.id() + " with status " + answer.status() + ": " + type);
    }

    /** In what a body of a media type is not as the schema at a place of the document, a JSON pointer, has it. */
    List<String> objections(String mediaType, String schema, String body) {
        if (mediaType.equals("text/event-stream")) {
            return body.lines()
                    .filter(line -> line.startsWith(DATA))
                    .flatMap(line -> objections(EVENT, read(line.substring(DATA.length()))).stream())
                    .toList();
        }
        return mediaType.endsWith("json") ? objections(schema, read(body)) : List.of();
    }

    /** In what a value is not as the schema at a place of the document, a JSON pointer, has it. */
    List<String> objections(String schema, JsonNode value) {
        return schemas.getSchema(SchemaLocation.of(DOCUMENT + "#" + schema), CONFIG)
                .validate(value)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** Where the document tells of an operation. */
    static String pointer(Operation operation) {
        return "/paths/%s/%s".formatted(escaped(operation.path()), operation.method().toLowerCase(Locale.ROOT));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: %.300s".formatted(json), e);
        }
    }
}
