package org.claudeagentui.service.claude;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

class RequestBodyTest {

    @Test
    void sendsNothingThatIsNotSet() {
        var request = new ModelRequest("m", 10, Optional.empty(), List.of(Message.user("½🌍\n")), OptionalDouble.empty(), OptionalDouble
                .empty(),
                OptionalInt.empty(), OptionalInt.empty(), List.of());

        assertThat(sent(request))
                .isEqualTo(json(
                        "{\"model\":\"m\",\"max_tokens\":10,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"½🌍\\n\"}]}"));
    }

    @Test
    void sendsAllThatIsSet() {
        var request = new ModelRequest("m", 5000, Optional.of("Be brief."),
                List.of(Message.user("hi"), new Message(Message.Role.ASSISTANT, "hello"), Message.user("so?")), OptionalDouble.of(0.25),
                OptionalDouble.of(0.5), OptionalInt.of(40), OptionalInt.of(2048), List.of("a", "b"));

        assertThat(sent(request)).isEqualTo(json("""
                {"model":"m","max_tokens":5000,"stream":true,"system":"Be brief.","temperature":0.25,"top_p":0.5,"top_k":40,
                 "thinking":{"type":"enabled","budget_tokens":2048},"stop_sequences":["a","b"],
                 "messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"},{"role":"user","content":"so?"}]}"""));
    }

    private static JsonObject sent(ModelRequest request) {
        try (var reader = Json.createReader(new ByteArrayInputStream(RequestBody.of(request)))) {
            return reader.readObject();
        }
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
