package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.runs.ModelScript;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.claudeagentui.acceptance.standin.StandinScript.Cut;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where a run can be when something befalls it, and how the model brings it there and holds it for a while. */
@SuppressWarnings("ImmutableEnumChecker")
enum FaultPoint {
    QUEUED("run.queued", false, script -> script.text("All well.")), TLS_HANDSHAKE("turn.started", false, script -> script.text(
            "All well.")), REQUEST_SENT("turn.started", false, script -> script.delay(Held.TIME).text("All well.")), AFTER_MESSAGE_START(
                    "usage", false, script -> script.messageStart().delay(Held.TIME).text("All well.")), INSIDE_A_CHARACTER("text.delta",
                            true, script -> script.text("caf")
                                    .raw(Held.HALF_AN_EVENT)
                                    .delay(Held.TIME)
                                    .raw(Held.OTHER_HALF)), BETWEEN_DELTAS("text.delta", true, script -> script.text("All")
                                            .delay(Held.TIME)
                                            .text(" well.")), AT_A_PING("text.delta", true, script -> script.text("All")
                                                    .ping()
                                                    .delay(Held.TIME)
                                                    .text(" well.")), BEFORE_THE_LAST_EVENT("text.delta", true, script -> script.text(
                                                            "All well.").stopReason("end_turn").delay(Held.TIME)), RETRY_WAIT(
                                                                    "turn.restarted", false, script -> script.respond(529, Map.of(
                                                                            "retry-after", "1")), script -> script.text(
                                                                                    "All well.")), DRAIN("text.delta", true,
                                                                                            script -> script.text("All")
                                                                                                    .delay(Held.TIME)
                                                                                                    .text(" well.")), IN_A_TOOL_CALL(
                                                                                                            "tool.called", true,
                                                                                                            script -> script.waitingTool(
                                                                                                                    Runner.TOOLS,
                                                                                                                    Held.TIME),
                                                                                                            script -> script.text(
                                                                                                                    "All well."));

    /** How long the model holds a run: shorter than the silence that the service bears. */
    private static final class Held {
        static final Duration TIME = Duration.ofMillis(1500);
        static final String HALF_AN_EVENT = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"te";
        static final String OTHER_HALF = "xt\":\"é\"}}\n\n";

        private Held() {
        }
    }

    private final String event;
    private final boolean begun;
    private final List<ModelScript> answers;

    FaultPoint(String event, boolean begun, ModelScript... answers) {
        this.event = event;
        this.begun = begun;
        this.answers = List.of(answers);
    }

    /** The event that tells a client that the run is there. */
    String event() {
        return event;
    }

    /** Whether the model is being asked there. */
    boolean asks() {
        return this != QUEUED && this != RETRY_WAIT && this != IN_A_TOOL_CALL;
    }

    /** Whether a part of the answer has come, so that it can't be asked for again. */
    boolean begun() {
        return begun;
    }

    /** What the model says where it holds, and then goes on. */
    List<ModelScript> answers() {
        return answers;
    }

    /** What the model says where it breaks off at the point instead. */
    List<ModelScript> brokenBy(Cut cut) {
        ModelScript way = cut == Cut.RESET ? StandinScript::reset : script -> script.stall(Duration.ofMinutes(1));
        ModelScript well = script -> script.text("All well.");
        return switch (this) {
            case QUEUED, RETRY_WAIT, IN_A_TOOL_CALL -> throw new IllegalArgumentException("nothing is asked of the model while a run is "
                    + this);
            case TLS_HANDSHAKE -> List.of(well);
            case DRAIN -> List.of(script -> way.apply(script.text("All").delay(Held.TIME)));
            case REQUEST_SENT -> List.of(way, well);
            case AFTER_MESSAGE_START -> List.of(script -> way.apply(script.messageStart()), well);
            case INSIDE_A_CHARACTER -> List.of(script -> way.apply(script.text("caf").raw(Held.HALF_AN_EVENT)), well);
            case BETWEEN_DELTAS -> List.of(script -> way.apply(script.text("All")), well);
            case AT_A_PING -> List.of(script -> way.apply(script.text("All").ping()), well);
            case BEFORE_THE_LAST_EVENT -> List.of(script -> way.apply(script.text("All well.").stopReason("end_turn")), well);
        };
    }
}
