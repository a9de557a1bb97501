package org.claudeagentui.service.claude;

import jakarta.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamEventReaderTest {

    @Test
    void readsTheBeginningOfAMessage() throws Exception {
        assertThat(read("""
                {"type":"message_start","message":{"id":"msg_1","model":"claude-haiku-4-5-20251001","content":[],"stop_reason":null,
                 "usage":{"input_tokens":25,"cache_creation_input_tokens":null,"cache_read_input_tokens":5,"output_tokens":1,
                          "service_tier":"standard"}}}"""))
                .isEqualTo(new StreamEvent.MessageStart("claude-haiku-4-5-20251001",
                        new UsageUpdate(OptionalLong.of(25), OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(5))));
    }

    @Test
    void readsBlocksOfEveryKind() throws Exception {
        assertThat(read("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"a\"}}"))
                .isEqualTo(new StreamEvent.BlockStart(0, new ContentBlock.Text("a")));
        assertThat(read(
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}"))
                .isEqualTo(new StreamEvent.BlockStart(1, new ContentBlock.Thinking("")));
        assertThat(read(
                "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{}}}"))
                .isEqualTo(new StreamEvent.BlockStart(2, new ContentBlock.ToolUse("t", "n")));
        assertThat(read("{\"type\":\"content_block_start\",\"index\":3,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"x\"}}"))
                .isEqualTo(new StreamEvent.BlockStart(3, new ContentBlock.Other(Json.createObjectBuilder()
                        .add("type", "redacted_thinking")
                        .add("data", "x")
                        .build())));
        assertThat(read("{\"type\":\"content_block_stop\",\"index\":3}")).isEqualTo(new StreamEvent.BlockStop(3));
    }

    @Test
    void readsDeltasOfEveryKind() throws Exception {
        assertThat(delta("{\"type\":\"text_delta\",\"text\":\"\\u00e9\\ud83c\\udf0d\"}")).isEqualTo(new ContentDelta.Text("é🌍"));
        assertThat(delta("{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}")).isEqualTo(new ContentDelta.Thinking("hm"));
        assertThat(delta("{\"type\":\"signature_delta\",\"signature\":\"s\"}")).isEqualTo(new ContentDelta.Signature("s"));
        assertThat(delta("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\"}")).isEqualTo(new ContentDelta.InputJson("{\"a"));
        assertThat(delta("{\"type\":\"citations_delta\",\"citation\":{}}")).isEqualTo(new ContentDelta.Other("citations_delta"));
    }

    @Test
    void readsTheEndOfAMessage() throws Exception {
        assertThat(read(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":15}}"))
                .isEqualTo(new StreamEvent.MessageDelta(Optional.of("end_turn"),
                        new UsageUpdate(OptionalLong.empty(), OptionalLong.of(15), OptionalLong.empty(), OptionalLong.empty())));
        assertThat(read("{\"type\":\"message_stop\"}")).isEqualTo(new StreamEvent.MessageStop());
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws Exception {
        assertThat(read("{\"type\":\"ping\"}")).isEqualTo(new StreamEvent.Ping());
        assertThat(read("{\"type\":\"something_new\",\"with\":{\"members\":[1]}}")).isEqualTo(new StreamEvent.Unknown("something_new"));
    }

    @Test
    void tellsErrorsApart() throws Exception {
        assertThat(failure("overloaded_error")).isInstanceOf(ModelFailure.Overloaded.class);
        assertThat(failure("rate_limit_error")).isInstanceOf(ModelFailure.RateLimited.class);
        assertThat(failure("api_error")).isInstanceOf(ModelFailure.ServerError.class);
        assertThat(failure("invalid_request_error")).isInstanceOf(ModelFailure.InvalidRequest.class);
        assertThat(failure("authentication_error")).isInstanceOf(ModelFailure.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense", "{}", "{\"type\":1}", "{\"type\":\"content_block_stop\"}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":1}}",
        "{\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":-1}}}",
        "{\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":1.5}}}"})
    void refusesNonsense(String data) {
        assertThatThrownBy(() -> read(data)).isInstanceOfSatisfying(ModelException.class,
                e -> assertThat(e.failure()).isInstanceOf(ModelFailure.ProtocolViolated.class));
    }

    private static ModelFailure failure(String type) throws ModelException {
        return ((StreamEvent.Failed) read("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"sorry\"}}")).failure();
    }

    private static ContentDelta delta(String json) throws ModelException {
        return ((StreamEvent.BlockDelta) read("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":" + json + "}")).delta();
    }

    private static StreamEvent read(String data) throws ModelException {
        return StreamEventReader.read(new ServerSentEvent("an_event", data));
    }
}
