package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.runs.ModelScript;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.claudeagentui.acceptance.standin.StandinScript.Cut;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where a run can be when something befalls it, and how the model brings it there and holds it for a while. */
enum FaultPoint {
    QUEUED, CONNECT, TLS_HANDSHAKE, REQUEST_SENT, AFTER_MESSAGE_START, INSIDE_A_CHARACTER, INSIDE_A_STRING, BETWEEN_DELTAS, AT_A_PING, BEFORE_THE_LAST_EVENT, AFTER_AN_ERROR_EVENT, AFTER_THE_LAST_EVENT, RETRY_WAIT, IN_A_TOOL_CALL, DRAIN;

    /** How long the model holds a run: shorter than the silence that the service bears. */
    private static final Duration HELD = Duration.ofMillis(1500);
    private static final byte[] EVENT = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"é\"}}\n\n"
            .getBytes(UTF_8);
    /** So many bytes of the event are still to come. */
    private static final int REST_FROM_CHARACTER = "\"}}\n\n".length() + 1;
    private static final int REST_FROM_STRING = REST_FROM_CHARACTER + "xt\":\"".length() + 1;

    /** The event that tells a client that the run is there. */
    String event() {
        return switch (this) {
            case QUEUED -> "run.queued";
            case CONNECT, TLS_HANDSHAKE, REQUEST_SENT -> "turn.started";
            case AFTER_MESSAGE_START -> "usage";
            case RETRY_WAIT -> "turn.restarted";
            case IN_A_TOOL_CALL -> "tool.called";
            case INSIDE_A_CHARACTER, INSIDE_A_STRING, BETWEEN_DELTAS, AT_A_PING, BEFORE_THE_LAST_EVENT, AFTER_AN_ERROR_EVENT,
                    AFTER_THE_LAST_EVENT, DRAIN -> "text.delta";
        };
    }

    /** Whether the model is being asked there. */
    boolean asks() {
        return switch (this) {
            case QUEUED, RETRY_WAIT, IN_A_TOOL_CALL -> false;
            case CONNECT, TLS_HANDSHAKE, REQUEST_SENT, AFTER_MESSAGE_START, INSIDE_A_CHARACTER, INSIDE_A_STRING, BETWEEN_DELTAS, AT_A_PING,
                    BEFORE_THE_LAST_EVENT, AFTER_AN_ERROR_EVENT, AFTER_THE_LAST_EVENT, DRAIN -> true;
        };
    }

    /** Whether the model has had its say there, and only the journal lacks the run's end. */
    boolean decided() {
        return this == AFTER_AN_ERROR_EVENT || this == AFTER_THE_LAST_EVENT;
    }

    /** Whether bringing a run there takes the model or the journal away from the whole stack: such cells are left to {@code -Pfull}. */
    boolean costly() {
        return this == CONNECT || decided();
    }

    /** Whether a part of the answer has come, so that it can't be asked for again. */
    boolean begun() {
        return event().equals("text.delta") || this == IN_A_TOOL_CALL;
    }

    /** What the model says where it holds, and then goes on. */
    List<ModelScript> answers() {
        return switch (this) {
            case QUEUED, CONNECT, TLS_HANDSHAKE -> List.of(FaultPoint::well);
            case REQUEST_SENT -> List.of(script -> well(script.delay(HELD)));
            case AFTER_MESSAGE_START -> List.of(script -> well(script.messageStart().delay(HELD)));
            case INSIDE_A_CHARACTER -> List.of(script -> broken(script, REST_FROM_CHARACTER).delay(HELD).raw(rest(REST_FROM_CHARACTER)));
            case INSIDE_A_STRING -> List.of(script -> broken(script, REST_FROM_STRING).delay(HELD).raw(rest(REST_FROM_STRING)));
            case BETWEEN_DELTAS, AFTER_THE_LAST_EVENT, DRAIN -> List.of(script -> script.text("All").delay(HELD).text(" well."));
            case AT_A_PING -> List.of(script -> script.text("All").ping().delay(HELD).text(" well."));
            case BEFORE_THE_LAST_EVENT -> List.of(script -> well(script).stopReason("end_turn").delay(HELD));
            case AFTER_AN_ERROR_EVENT -> List.of(script -> overloaded(script.text("All").delay(HELD)));
            case RETRY_WAIT -> List.of(script -> script.respond(529, Map.of("retry-after", "1")), FaultPoint::well);
            case IN_A_TOOL_CALL -> List.of(script -> script.waitingTool(Runner.TOOLS, HELD), FaultPoint::well);
        };
    }

    /** What the model says where it breaks off at the point instead. */
    List<ModelScript> brokenBy(Cut cut) {
        ModelScript way = cut == Cut.RESET ? StandinScript::reset : script -> script.stall(Duration.ofMinutes(1));
        ModelScript well = FaultPoint::well;
        return switch (this) {
            case QUEUED, RETRY_WAIT, IN_A_TOOL_CALL -> throw new IllegalArgumentException("nothing is asked of the model while a run is "
                    + this);
            case CONNECT, TLS_HANDSHAKE -> List.of(well);
            case REQUEST_SENT -> List.of(way, well);
            case AFTER_MESSAGE_START -> List.of(script -> way.apply(script.messageStart()), well);
            case INSIDE_A_CHARACTER -> List.of(script -> way.apply(broken(script, REST_FROM_CHARACTER)), well);
            case INSIDE_A_STRING -> List.of(script -> way.apply(broken(script, REST_FROM_STRING)), well);
            case BETWEEN_DELTAS -> List.of(script -> way.apply(script.text("All")), well);
            case AT_A_PING -> List.of(script -> way.apply(script.text("All").ping()), well);
            case BEFORE_THE_LAST_EVENT -> List.of(script -> way.apply(well(script).stopReason("end_turn")), well);
            case AFTER_AN_ERROR_EVENT -> List.of(script -> way.apply(overloaded(script.text("All").delay(HELD))), well);
            case AFTER_THE_LAST_EVENT -> List.of(script -> way.apply(well(script).stopReason("end_turn").messageStop()), well);
            case DRAIN -> List.of(script -> way.apply(script.text("All").delay(HELD)));
        };
    }

    private static StandinScript well(StandinScript script) {
        return script.text("All well.");
    }

    private static StandinScript overloaded(StandinScript script) {
        return script.error("overloaded_error", "Overloaded");
    }

    private static StandinScript broken(StandinScript script, int left) {
        return script.text("caf").raw(Arrays.copyOf(EVENT, EVENT.length - left));
    }

    private static byte[] rest(int left) {
        return Arrays.copyOfRange(EVENT, EVENT.length - left, EVENT.length);
    }
}
