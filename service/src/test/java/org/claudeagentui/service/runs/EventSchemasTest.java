package org.claudeagentui.service.runs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.claude.MessageBlock;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.testing.ApiDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The events as the OpenAPI document describes them. */
class EventSchemasTest {
    private static final RunUsage USAGE = new RunUsage(TokenUsage.NONE, true);
    private static final Optional<BigDecimal> COST = Optional.of(BigDecimal.ONE);
    private static final ApiDescription DESCRIPTION = ApiDescription.read();

    static Stream<RunEvent> events() {
        return Stream.of(
                new RunEvent.Queued("agent", "Ada", 0),
                new RunEvent.Started("model", true),
                new RunEvent.TurnStarted(1),
                new RunEvent.TextDelta(1, "text"),
                new RunEvent.ThinkingDelta(1, "thought"),
                new RunEvent.UsageCounted(USAGE, COST),
                new RunEvent.TurnCompleted(1, "tool_use", List.of(new MessageBlock.Text("text"))),
                new RunEvent.TurnRestarted(1, "reason"),
                new RunEvent.ToolCalled(1, "use", "tool", JsonValue.EMPTY_JSON_OBJECT),
                new RunEvent.ToolReturned(1, "use", "tool", false, "content", 5),
                new RunEvent.Completed("end_turn", USAGE, COST),
                new RunEvent.Failed(RunErrors.internal(), USAGE, COST),
                new RunEvent.Cancelled(USAGE, COST));
    }

    @Test
    void everyTypeIsDescribedAndNoOther() {
        assertThat(events().<Class<?>>map(RunEvent::getClass)).containsExactlyInAnyOrderElementsOf(leaves(RunEvent.class).toList());
        assertThat(DESCRIPTION.schema("RunEvent").getJsonObject("discriminator").getJsonObject("mapping").keySet())
                .containsExactlyInAnyOrderElementsOf(events().map(RunEvent::type).toList());
    }

    @ParameterizedTest
    @MethodSource("events")
    void membersAreThoseDescribed(RunEvent event) {
        JsonObject json = Json.createReader(new StringReader(EventJson.write(RunId.random(), 1, Instant.EPOCH, event))).readObject();
        String reference = DESCRIPTION.schema("RunEvent").getJsonObject("discriminator").getJsonObject("mapping").getString(event.type());
        JsonObject schema = DESCRIPTION.whole(reference.substring(reference.lastIndexOf('/') + 1));

        assertThat(json.keySet()).isEqualTo(schema.getJsonObject("properties").keySet()).containsAll(ApiDescription.required(schema));
        assertThat(schema.getJsonObject("properties").getJsonObject("type").getJsonArray("enum").getString(0)).isEqualTo(event.type());
    }

    @Test
    void statesAreThoseDescribed() {
        Set<String> described = DESCRIPTION.schema("Run")
                .getJsonObject("properties")
                .getJsonObject("state")
                .getJsonArray("enum")
                .getValuesAs(value -> value.toString().replace("\"", ""))
                .stream()
                .collect(Collectors.toSet());

        assertThat(Arrays.stream(RunState.values()).map(RunState::wireName)).containsExactlyInAnyOrderElementsOf(described);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventSchemasTest::leaves) : Stream.of(type);
    }
}
