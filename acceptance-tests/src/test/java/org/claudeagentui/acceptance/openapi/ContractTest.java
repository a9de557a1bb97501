package org.claudeagentui.acceptance.openapi;

import org.claudeagentui.acceptance.stack.Answer;
import org.junit.jupiter.api.Test;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ContractTest {
    private static final ApiDocument DOCUMENT = ApiDocument.parse("""
            openapi: 3.0.3
            paths:
              /things/{id}:
                get:
                  operationId: findThing
                  responses:
                    "200": {$ref: "#/components/responses/Thing"}
                    "204": {description: Nothing}
                    "206":
                      description: Events
                      content:
                        text/event-stream: {schema: {type: string}}
            components:
              responses:
                Thing:
                  description: A thing
                  content:
                    application/json:
                      schema: {$ref: "#/components/schemas/Thing"}
              schemas:
                Thing:
                  allOf:
                    - type: object
                      required: [id]
                      properties:
                        id: {type: string, format: uuid}
                    - type: object
                      properties:
                        note: {type: string, nullable: true}
                RunEvent:
                  oneOf:
                    - $ref: "#/components/schemas/Begun"
                    - $ref: "#/components/schemas/Ended"
                  discriminator:
                    propertyName: type
                    mapping:
                      begun: "#/components/schemas/Begun"
                      ended: "#/components/schemas/Ended"
                Begun:
                  type: object
                  required: [type]
                  properties:
                    type: {type: string, enum: [begun]}
                Ended:
                  type: object
                  required: [type, at]
                  properties:
                    type: {type: string, enum: [ended]}
                    at: {type: string, format: date-time}
            """);
    private static final Operation FIND = DOCUMENT.operations().getFirst();

    @Test
    void whatIsDescribedIsTaken() {
        assertThat(objections(200, "application/json;charset=UTF-8", "{\"id\":\"6f9619ff-8b86-4d01-b42d-00cf4fc964ff\",\"note\":null}"))
                .isEmpty();
        assertThat(objections(204, "none", "")).isEmpty();
        assertThat(objections(206, "text/event-stream",
                "data: {\"type\":\"begun\"}\n\ndata: {\"type\":\"ended\",\"at\":\"2026-01-31T12:00:00Z\"}\n"))
                .isEmpty();
    }

    @Test
    void whatIsNotDescribedIsObjectedTo() {
        assertThat(objections(404, "application/json", "{}")).containsExactly("no status of findThing: 404");
        assertThat(objections(200, "text/plain", "x")).containsExactly("no content type of findThing with status 200: text/plain");
        assertThat(objections(204, "application/json", "{}")).containsExactly("a body with status 204");
        assertThat(objections(200, "application/json", "{}")).hasSize(1);
        assertThat(objections(200, "application/json", "{\"id\":\"6f96\"}")).hasSize(1);
        assertThat(objections(200, "application/json", "{\"id\":\"6f9619ff-8b86-4d01-b42d-00cf4fc964ff\",\"note\":7}")).hasSize(1);
        assertThat(objections(206, "text/event-stream", "data: {\"type\":\"ended\"}\n")).isNotEmpty();
        assertThat(objections(206, "text/event-stream", "data: {\"type\":\"other\"}\n")).isNotEmpty();
    }

    private static List<String> objections(int status, String type, String body) {
        return new Contract(DOCUMENT).objections(FIND, new Answer(status, HttpHeaders.of(Map.of("Content-Type", List.of(type)),
                (_, _) -> true), body));
    }
}
