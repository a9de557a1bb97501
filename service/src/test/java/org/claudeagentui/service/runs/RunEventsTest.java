package org.claudeagentui.service.runs;

import jakarta.json.JsonValue;
import org.claudeagentui.service.claude.MessageBlock;
import org.claudeagentui.service.claude.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Events as clients get them, and what they make of a run. */
class RunEventsTest {

    private static final RunUser USER = new RunUser("u1", "Eve");
    private static final RunId ID = RunId.parse("0f0e0d0c-0b0a-4908-8706-050403020100").orElseThrow();
    private static final Instant AT = Instant.parse("2026-11-23T04:05:06.120Z");
    private static final RunUsage USAGE = new RunUsage(new TokenUsage(1, 2, 3, 4), false);
    private static final Optional<BigDecimal> COST = Optional.of(new BigDecimal("0.0012"));
    private static final RunError ERROR = new RunError("urn:x", "Title", "Detail");
    private static final String USAGE_JSON = "\"inputTokens\":1,\"outputTokens\":2,\"cacheCreationInputTokens\":3,\"cacheReadInputTokens\":4,\"final\":false";
    private static final String ERROR_JSON = "\"error\":{\"type\":\"urn:x\",\"title\":\"Title\",\"detail\":\"Detail\"}";

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(new RunEvent.Queued("a1", "Ada", 2), "run.queued", "\"agentId\":\"a1\",\"agentName\":\"Ada\",\"position\":2"),
                Arguments.of(new RunEvent.Started("m", true), "run.started", "\"model\":\"m\",\"demo\":true"),
                Arguments.of(new RunEvent.TurnStarted(1), "turn.started", "\"turn\":1"),
                Arguments.of(new RunEvent.TextDelta(1, "a\n\"\\\u0000½🌍\u2028"), "text.delta",
                        "\"turn\":1,\"text\":\"a\\n\\\"\\\\\\u0000½🌍\u2028\""),
                Arguments.of(new RunEvent.ThinkingDelta(1, "hm"), "thinking.delta", "\"turn\":1,\"text\":\"hm\""),
                Arguments.of(new RunEvent.UsageCounted(USAGE, COST), "usage", USAGE_JSON + ",\"costUsd\":0.0012"),
                Arguments.of(new RunEvent.UsageCounted(USAGE, Optional.empty()), "usage", USAGE_JSON),
                Arguments.of(new RunEvent.TurnCompleted(1, "end_turn", List.of()), "turn.completed",
                        "\"turn\":1,\"stopReason\":\"end_turn\""),
                Arguments.of(new RunEvent.TurnCompleted(1, "tool_use", List.of(new MessageBlock.Text("a\ud83d"), new MessageBlock.ToolUse(
                        "t", "n",
                        Optional.empty()))), "turn.completed",
                        "\"turn\":1,\"stopReason\":\"tool_use\",\"content\":[{\"type\":\"text\",\"text\":\"a\uFFFD\"},"
                                + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{}}]"),
                Arguments.of(new RunEvent.ToolCalled(1, "t", "n", JsonValue.EMPTY_JSON_OBJECT), "tool.called",
                        "\"turn\":1,\"toolUseId\":\"t\",\"name\":\"n\",\"input\":{}"),
                Arguments.of(new RunEvent.ToolReturned(1, "t", "n", true, "a\nb", 12), "tool.returned",
                        "\"turn\":1,\"toolUseId\":\"t\",\"name\":\"n\",\"isError\":true,\"content\":\"a\\nb\",\"durationMs\":12"),
                Arguments.of(new RunEvent.TurnRestarted(1, "no"), "turn.restarted", "\"turn\":1,\"reason\":\"no\""),
                Arguments.of(new RunEvent.Completed("end_turn", USAGE, COST), "run.completed",
                        "\"stopReason\":\"end_turn\",\"usage\":{" + USAGE_JSON + "},\"costUsd\":0.0012"),
                Arguments.of(new RunEvent.Failed(ERROR, USAGE, Optional.empty()), "run.failed", ERROR_JSON + ",\"usage\":{" + USAGE_JSON
                        + "}"),
                Arguments.of(new RunEvent.Cancelled(USAGE, Optional.empty()), "run.cancelled", "\"usage\":{" + USAGE_JSON + "}"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void areWrittenAsOneLineOfJson(RunEvent event, String type, String members) {
        assertThat(EventJson.write(ID, 7, AT, event)).isEqualTo("{\"runId\":\"" + ID + "\",\"seq\":7,\"type\":\"" + type
                + "\",\"at\":\"2026-11-23T04:05:06.120000Z\"," + members + "}").doesNotContain("\n", "\r");
    }

    @ParameterizedTest
    @MethodSource("events")
    void endAStreamOnlyWhenTheyEndTheRun(RunEvent event, String type, String members) {
        assertThat(new StoredEvent(1, type, members).last()).isEqualTo(event instanceof RunEvent.Ended);
    }

    @Test
    void leadARunFromTheQueueToItsEnd() {
        Run accepted = Run.accepted(ID, "a1", "Ada", USER, "hi", List.of(), AT);
        assertThat(accepted.state()).isEqualTo(RunState.QUEUED);
        Run started = accepted.after(new RunEvent.Started("m", false), AT.plusSeconds(1));
        assertThat(started.state()).isEqualTo(RunState.RUNNING);
        assertThat(started.model()).contains("m");
        assertThat(started.startedAt()).contains(AT.plusSeconds(1));
        Run counted = started.after(new RunEvent.UsageCounted(USAGE, COST), AT.plusSeconds(2));
        assertThat(counted.usage()).contains(USAGE);
        assertThat(counted.costUsd()).isEqualTo(COST);
        assertThat(counted.after(new RunEvent.TextDelta(1, "x"), AT)).isEqualTo(counted);

        Run completed = counted.after(new RunEvent.Completed("end_turn", USAGE, COST), AT.plusSeconds(3));
        assertThat(completed.state()).isEqualTo(RunState.COMPLETED);
        assertThat(completed.costUsd()).isEqualTo(COST);
        assertThat(completed.endedAt()).contains(AT.plusSeconds(3));
        Run failed = accepted.after(new RunEvent.Failed(ERROR, USAGE, Optional.empty()), AT);
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.error()).contains(ERROR);
        assertThat(accepted.after(new RunEvent.Cancelled(USAGE, COST), AT).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void changeNothingAfterTheEnd() {
        Run ended = Run.accepted(ID, "a1", "Ada", USER, "hi", List.of(), AT).after(new RunEvent.Cancelled(USAGE, COST), AT);
        for (RunEvent event : List.of(new RunEvent.TextDelta(1, "x"), new RunEvent.Started("m", false), new RunEvent.Cancelled(USAGE,
                COST))) {
            assertThatThrownBy(() -> ended.after(event, AT)).isInstanceOf(IllegalStateException.class);
        }
        Run started = Run.accepted(ID, "a1", "Ada", USER, "hi", List.of(), AT).after(new RunEvent.Started("m", false), AT);
        assertThatThrownBy(() -> started.after(new RunEvent.Started("m", false), AT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdNoHalfCharacters() {
        assertThat(ModelText.wellFormed("a\ud83dz\udf0d🌍\u0000")).isEqualTo("a\uFFFDz\uFFFD🌍\u0000");
        assertThat(ModelText.bounded("ab🌍", 3)).isEqualTo("ab\n[Cut off here: 2 more characters]");
        assertThat(ModelText.bounded("ab🌍", 4)).isEqualTo("ab🌍");
        assertThat(ModelText.storable("a\ud83d🌍\u0000")).isEqualTo("a\uFFFD🌍\uFFFD");
    }
}
