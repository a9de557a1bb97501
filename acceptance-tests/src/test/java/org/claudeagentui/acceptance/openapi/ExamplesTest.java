package org.claudeagentui.acceptance.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.stack.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of the service's OpenAPI document, held against its schemas. */
class ExamplesTest {
    private static final ApiDocument DOCUMENT = read();
    private static final Contract CONTRACT = new Contract(DOCUMENT);

    private static ApiDocument read() {
        try {
            return ApiDocument.parse(Files.readString(Project.locate().root().resolve("service/src/main/resources/META-INF/openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyHasExamplesThatFitIt(Operation operation) {
        String schema = DOCUMENT.located(Contract.pointer(operation) + "/requestBody") + "/content/application~1json/schema";

        assertThat(operation.examples()).isNotEmpty()
                .allSatisfy((name, example) -> assertThat(CONTRACT.objections(schema, example)).as(name).isEmpty());
    }

    static Stream<Operation> bodies() {
        return DOCUMENT.operations().stream().filter(operation -> operation.body().isPresent());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void anExampleFitsItsSchema(String name, JsonNode example) {
        assertThat(CONTRACT.objections("/components/schemas/" + name, example)).isEmpty();
    }

    static Stream<Arguments> schemas() {
        return DOCUMENT.root()
                .at("/components/schemas")
                .properties()
                .stream()
                .filter(schema -> schema.getValue().has("example"))
                .map(schema -> Arguments.of(schema.getKey(), schema.getValue().path("example")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswersExampleFitsIt(String place, String mediaType, String example) {
        assertThat(CONTRACT.objections(mediaType, place + "/schema", example)).isEmpty();
    }

    static Stream<Arguments> answers() {
        List<Arguments> answers = new ArrayList<>();
        contents().forEach((place, mediaType) -> ApiDocument.examples(DOCUMENT.root().at(place))
                .values()
                .forEach(example -> answers.add(Arguments.of(place, mediaType, example.isTextual()
                        ? example.asText()
                        : example.toString()))));
        return answers.stream().sorted(Comparator.comparing(answer -> String.valueOf(answer.get()[0])));
    }

    /** Where the document tells of an answer's body, and of which media type it is. */
    private static Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        for (Operation operation : DOCUMENT.operations()) {
            operation.described().path("responses").fieldNames().forEachRemaining(status -> {
                String answer = DOCUMENT.located("%s/responses/%s".formatted(Contract.pointer(operation), status));
                DOCUMENT.root()
                        .at(answer + "/content")
                        .fieldNames()
                        .forEachRemaining(type -> contents.put("%s/content/%s".formatted(answer, type.replace("/", "~1")), type));
            });
        }
        return contents;
    }

    @Test
    void whatIsAnsweredHasAnExample() {
        assertThat(contents()).isNotEmpty().allSatisfy((place, type) -> {
            JsonNode schema = DOCUMENT.resolve(DOCUMENT.root().at(place + "/schema"));
            boolean entries = schema.at("/properties/data").has("items");
            JsonNode shown = entries ? DOCUMENT.resolve(schema.at("/properties/data/items")) : schema;
            // What Prometheus and OpenAPI say has examples of their own.
            boolean ours = shown.has("properties") || shown.has("allOf");
            assertThat(!ours || shown.has("example") || schema.has("example") || !ApiDocument.examples(DOCUMENT.root().at(place)).isEmpty())
                    .as(place)
                    .isTrue();
        });
    }
}
