package org.claudeagentui.service.claude;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

import java.io.StringReader;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerBlocksTest {

    private final AnswerBlocks blocks = new AnswerBlocks();

    @Test
    void growFromTheirEvents() {
        begins(0, new ContentBlock.Thinking(""));
        grows(0, new ContentDelta.Thinking("h"));
        grows(0, new ContentDelta.Thinking("m"));
        grows(0, new ContentDelta.Signature("sig"));
        grows(0, new ContentDelta.Signature("nature"));
        begins(1, new ContentBlock.Text("a"));
        begins(2, new ContentBlock.ToolUse("t", "n"));
        grows(2, new ContentDelta.InputJson("{\"a\":"));
        grows(1, new ContentDelta.Text("b"));
        grows(2, new ContentDelta.InputJson("[1]}"));

        assertThat(blocks.whole()).containsExactly(new MessageBlock.Thinking("hm", "signature"), new MessageBlock.Text("ab"),
                new MessageBlock.ToolUse("t", "n", Optional.of(json("{\"a\":[1]}"))));
    }

    @Test
    void thatTheModelApiWouldRefuseAreLeftOut() {
        begins(0, new ContentBlock.Thinking("unsigned"));
        begins(1, new ContentBlock.Text(" \n"));
        grows(7, new ContentDelta.Text("of no block"));

        assertThat(blocks.whole()).isEmpty();
    }

    @Test
    void ofAKindThatIsNotKnownStayAsTheyCame() {
        begins(0, new ContentBlock.Other(json("{\"type\":\"redacted_thinking\",\"data\":\"x\"}")));
        begins(1, new ContentBlock.Other(json("{\"type\":\"server_tool_use\",\"id\":\"s\",\"input\":{}}")));
        grows(1, new ContentDelta.InputJson("{\"q\":1}"));

        assertThat(blocks.whole()).containsExactly(new MessageBlock.Other(json("{\"type\":\"redacted_thinking\",\"data\":\"x\"}")),
                new MessageBlock.Other(json("{\"type\":\"server_tool_use\",\"id\":\"s\",\"input\":{\"q\":1}}")));
    }

    @Test
    void tellWhereAnInputIsNone() {
        begins(0, new ContentBlock.ToolUse("none", "n"));
        begins(1, new ContentBlock.ToolUse("cut", "n"));
        grows(1, new ContentDelta.InputJson("{\"a\":"));
        begins(2, new ContentBlock.ToolUse("list", "n"));
        grows(2, new ContentDelta.InputJson("[]"));

        assertThat(blocks.whole()).containsExactly(new MessageBlock.ToolUse("none", "n", Optional.of(JsonValue.EMPTY_JSON_OBJECT)),
                new MessageBlock.ToolUse("cut", "n", Optional.empty()), new MessageBlock.ToolUse("list", "n", Optional.empty()));
    }

    @Test
    void areTheSameOnceReadFromJson() {
        for (MessageBlock block : new MessageBlock[]{new MessageBlock.Text("a"), new MessageBlock.Thinking("a", "b"),
            new MessageBlock.ToolUse("a", "b", Optional.of(json("{\"c\":1}"))), new MessageBlock.ToolResult("a", "b", true),
            new MessageBlock.ToolResult("a", "", false), new MessageBlock.Other(json("{\"type\":\"x\"}"))}) {
            assertThat(MessageBlock.of(json(block.toJson().toString()))).isEqualTo(block);
        }
    }

    private void begins(int index, ContentBlock block) {
        blocks.take(new StreamEvent.BlockStart(index, block));
    }

    private void grows(int index, ContentDelta delta) {
        blocks.take(new StreamEvent.BlockDelta(index, delta));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
