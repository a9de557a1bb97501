package org.claudeagentui.acceptance.openapi;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that one can ask of the service.
 *
 * @param method the HTTP method
 * @param path the address, with its parameters in braces
 * @param parameters what the address, its query and the headers may have
 * @param body the schema of the request's body, where there is one
 * @param examples the request's body as it may be, by the examples' names
 * @param described all that the document says of it
 */
public record Operation(String method, String path, List<JsonNode> parameters, Optional<JsonNode> body, Map<String, JsonNode> examples,
        JsonNode described) {

    /** Keeps what it holds from being changed. */
    public Operation {
        parameters = List.copyOf(parameters);
        examples = new LinkedHashMap<>(examples);
    }

    /** What programs call it by. */
    public String id() {
        return described.path("operationId").asText();
    }

    /** Names of the parameters of the query. */
    public List<String> queryNames() {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
