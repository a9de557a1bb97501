package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.runs.ModelScript;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.claudeagentui.acceptance.standin.StandinScript.Cut;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A way in which the model fails a run, and the end that docs/api.md promises for it: the last event, its kind of error, how often the model is asked. */
enum ModelFailure {
    RATE_LIMITED_ONCE, RATE_LIMITED_FOR_EVER, ASKED_TO_WAIT_TOO_LONG, OVERLOADED_ONCE, OVERLOADED_FOR_EVER, FAILED_TWICE, INVALID, UNAUTHORIZED, FORBIDDEN, ERROR_THAT_IS_NO_JSON, RESET_BEFORE_THE_HEAD, CLOSED_BEFORE_THE_HEAD, RESET_BEFORE_THE_FIRST_TOKEN, SILENT_BEFORE_THE_HEAD, SILENT_BEFORE_THE_FIRST_TOKEN, SILENT_IN_THE_MIDST, RESET_IN_THE_MIDST, RESET_INSIDE_A_CHARACTER, RESET_INSIDE_JSON, TRUNCATED, TRUNCATED_BEFORE_THE_LAST_EVENT, ERROR_EVENT_BEFORE_THE_FIRST_TOKEN, ERROR_EVENT_IN_THE_MIDST, SERVER_ERROR_EVENT_IN_THE_MIDST, NO_JSON_IN_AN_EVENT, NO_EVENT_STREAM, NO_HTTP, UNKNOWN_EVENTS, COMMENTS_AND_SPLIT_BYTES;

    private static final int OFTEN = 9;
    /** A reset throws away what its receiver has not read yet: until then, what was sent before it is to be read, on a busy machine too. */
    private static final Duration READ = Duration.ofMillis(500);
    private static final Duration FOR_EVER = Duration.ofMinutes(1);

    /** What it ends in, and how often the model is asked. */
    String expected() {
        return "%s, asked %d times, equal to the replay".formatted(end(), asked());
    }

    private String end() {
        return switch (this) {
            case RATE_LIMITED_ONCE, OVERLOADED_ONCE, FAILED_TWICE, RESET_BEFORE_THE_HEAD, CLOSED_BEFORE_THE_HEAD,
                    RESET_BEFORE_THE_FIRST_TOKEN, ERROR_EVENT_BEFORE_THE_FIRST_TOKEN, UNKNOWN_EVENTS, COMMENTS_AND_SPLIT_BYTES ->
                "run.completed";
            case RATE_LIMITED_FOR_EVER, ASKED_TO_WAIT_TOO_LONG -> "run.failed model-rate-limited";
            case OVERLOADED_FOR_EVER, ERROR_EVENT_IN_THE_MIDST -> "run.failed model-overloaded";
            case INVALID -> "run.failed model-request-invalid";
            case UNAUTHORIZED, FORBIDDEN -> "run.failed model-access-refused";
            case ERROR_THAT_IS_NO_JSON, SERVER_ERROR_EVENT_IN_THE_MIDST -> "run.failed model-failed";
            case SILENT_BEFORE_THE_HEAD, SILENT_BEFORE_THE_FIRST_TOKEN, SILENT_IN_THE_MIDST -> "run.failed model-timed-out";
            case RESET_IN_THE_MIDST, RESET_INSIDE_A_CHARACTER, RESET_INSIDE_JSON, TRUNCATED, TRUNCATED_BEFORE_THE_LAST_EVENT, NO_HTTP ->
                "run.failed model-connection-failed";
            case NO_JSON_IN_AN_EVENT, NO_EVENT_STREAM -> "run.failed model-answer-unreadable";
        };
    }

    private int asked() {
        return switch (this) {
            case RATE_LIMITED_FOR_EVER, OVERLOADED_FOR_EVER, ERROR_THAT_IS_NO_JSON -> 4;
            case FAILED_TWICE -> 3;
            case RATE_LIMITED_ONCE, OVERLOADED_ONCE, RESET_BEFORE_THE_HEAD, CLOSED_BEFORE_THE_HEAD, RESET_BEFORE_THE_FIRST_TOKEN,
                    ERROR_EVENT_BEFORE_THE_FIRST_TOKEN -> 2;
            default -> 1;
        };
    }

    /** What the model says, request by request. */
    List<ModelScript> answers() {
        return switch (this) {
            case RATE_LIMITED_ONCE -> thenWell(script -> script.respond(429, Map.of("retry-after", "1")));
            case RATE_LIMITED_FOR_EVER -> List.of(script -> script.respond(429, Map.of()).times(OFTEN));
            case ASKED_TO_WAIT_TOO_LONG -> List.of(script -> script.respond(429, Map.of("retry-after", "3600")));
            case OVERLOADED_ONCE -> thenWell(script -> script.respond(529, Map.of()));
            case OVERLOADED_FOR_EVER -> List.of(script -> script.respond(529, Map.of()).times(OFTEN));
            case FAILED_TWICE -> List.of(script -> script.respond(500, Map.of()), script -> script.respond(503, Map.of()),
                    ModelFailure::well);
            case INVALID -> List.of(script -> script.respond(400, Map.of()));
            case UNAUTHORIZED -> List.of(script -> script.respond(401, Map.of()));
            case FORBIDDEN -> List.of(script -> script.respond(403, Map.of()));
            case ERROR_THAT_IS_NO_JSON -> List.of(script -> script.respond(502, Map.of(), "<html>Bad gateway</html>").times(OFTEN));
            case RESET_BEFORE_THE_HEAD -> thenWell(StandinScript::reset);
            case CLOSED_BEFORE_THE_HEAD -> thenWell(StandinScript::close);
            case RESET_BEFORE_THE_FIRST_TOKEN -> thenWell(script -> script.messageStart().reset());
            case SILENT_BEFORE_THE_HEAD -> List.of(script -> script.stall(FOR_EVER));
            case SILENT_BEFORE_THE_FIRST_TOKEN -> List.of(script -> script.messageStart().stall(FOR_EVER));
            case SILENT_IN_THE_MIDST -> List.of(script -> script.text("Half").stall(FOR_EVER));
            case RESET_IN_THE_MIDST -> List.of(script -> script.text("Half").delay(READ).reset());
            case RESET_INSIDE_A_CHARACTER -> List.of(script -> script.cutInside("é", 1, Cut.RESET).text("caf").delay(READ).text("é"));
            case RESET_INSIDE_JSON -> List.of(script -> script.text("Half").delay(READ).cutInside("\"delta\"", 4, Cut.RESET).text("more"));
            case TRUNCATED -> List.of(script -> script.text("Half").close());
            case TRUNCATED_BEFORE_THE_LAST_EVENT -> List.of(script -> script.text("All").stopReason("end_turn").close());
            case ERROR_EVENT_BEFORE_THE_FIRST_TOKEN -> thenWell(script -> script.messageStart().error("overloaded_error", "Overloaded"));
            case ERROR_EVENT_IN_THE_MIDST -> List.of(script -> script.text("Half").error("overloaded_error", "Overloaded"));
            case SERVER_ERROR_EVENT_IN_THE_MIDST -> List.of(script -> script.text("Half").error("api_error", "Internal"));
            case NO_JSON_IN_AN_EVENT -> List.of(script -> script.text("Half").raw("event: content_block_delta\ndata: {\"type\":\n\n"));
            case NO_EVENT_STREAM -> List.of(script -> script.respond(200, Map.of("content-type", "text/html"), "<html>"));
            case NO_HTTP -> List.of(script -> script.text("Half").delay(READ).unframedGarbage(512).reset());
            case UNKNOWN_EVENTS -> List.of(script -> script.text("One")
                    .raw("event: novelty\ndata: {\"type\":\"novelty\",\"x\":1}\n\n")
                    .ping()
                    .text("two"));
            case COMMENTS_AND_SPLIT_BYTES -> List.of(script -> script.fragment(1).raw(": comment\n\n").text("One é two"));
        };
    }

    private static List<ModelScript> thenWell(ModelScript failure) {
        return List.of(failure, ModelFailure::well);
    }

    private static StandinScript well(StandinScript script) {
        return script.text("All well.");
    }
}
