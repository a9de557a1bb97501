package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.stack.ComposeStack;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An operation that is asked for with real ids.
 *
 * @param operation the operation
 * @param path its address, with ids
 * @param body what is sent, where something is
 */
record Asked(Operation operation, String path, Optional<JsonNode> body) {
    /** Sends an example of the document in which what has to be there already is what is real, by the members' names. */
    static Asked example(Operation operation, String path, JsonNode example, Map<String, String> real) {
        ObjectNode body = example.deepCopy();
        real.forEach((member, value) -> {
            if (body.has(member)) {
                body.put(member, value);
            }
        });
        return new Asked(operation, path, Optional.of(body));
    }

    /** The same with a name that nothing else has. */
    Asked underANameOfItsOwn() {
        return new Asked(operation, path, body.map(sent -> sent.has("name")
                ? ((ObjectNode) sent.deepCopy()).put("name", "Asked " + UUID.randomUUID())
                : sent));
    }

    /** The request, without anything that says who makes it. */
    HttpRequest.Builder request(ComposeStack stack) {
        String base = path.startsWith("/api/") ? stack.frontDoor() : "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return body.map(sent -> request.header("Content-Type", "application/json")
                .method(operation.method(), BodyPublishers.ofString(sent.toString())))
                .orElseGet(() -> request.method(operation.method(), BodyPublishers.noBody()));
    }
}
