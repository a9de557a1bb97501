package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.MessageBlock;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Something that happened in a run. */
public sealed interface RunEvent {

    /** The event's name in streams and in the journal. */
    default String type() {
        return switch (this) {
            case Queued _ -> "run.queued";
            case Started _ -> "run.started";
            case TurnStarted _ -> "turn.started";
            case TextDelta _ -> "text.delta";
            case ThinkingDelta _ -> "thinking.delta";
            case UsageCounted _ -> "usage";
            case TurnCompleted _ -> "turn.completed";
            case TurnRestarted _ -> "turn.restarted";
            case ToolCalled _ -> "tool.called";
            case ToolReturned _ -> "tool.returned";
            case Completed _ -> "run.completed";
            case Failed _ -> "run.failed";
            case Cancelled _ -> "run.cancelled";
        };
    }

    /**
     * The run was accepted, or has come nearer to its turn.
     *
     * @param agentId the agent's document id
     * @param agentName the agent's name at that moment
     * @param position how many runs have to make room before this one can start; 0 when it starts at once
     */
    record Queued(String agentId, String agentName, int position) implements RunEvent {}

    /**
     * Work began.
     *
     * @param model the model that is asked, its full name
     * @param demo whether a stand-in answers in its place
     */
    record Started(String model, boolean demo) implements RunEvent {}

    /**
     * The model is asked.
     *
     * @param turn counts the model's answers in this run, from 1
     */
    record TurnStarted(int turn) implements RunEvent {}

    /**
     * The answer grew.
     *
     * @param turn the answer's turn
     * @param text by this
     */
    record TextDelta(int turn, String text) implements RunEvent {}

    /**
     * The model thought on.
     *
     * @param turn the answer's turn
     * @param text what it thought
     */
    record ThinkingDelta(int turn, String text) implements RunEvent {}

    /**
     * The model counted.
     *
     * @param usage what the whole run took so far
     * @param costUsd what that cost, in US dollars; nothing when the model's price is not known
     */
    record UsageCounted(RunUsage usage, Optional<BigDecimal> costUsd) implements RunEvent {}

    /**
     * An answer is complete.
     *
     * @param turn the answer's turn
     * @param stopReason why the model stopped, in its own words
     * @param content all that it answered, where it is to be asked again; else nothing, since nobody will need it
     */
    record TurnCompleted(int turn, String stopReason, List<MessageBlock> content) implements RunEvent {

        /** Keeps the content from being changed. */
        public TurnCompleted {
            content = List.copyOf(content);
        }
    }

    /**
     * A tool is used.
     *
     * @param turn the turn whose answer asks for it
     * @param toolUseId names this use, in the model's words
     * @param name the tool's name toward the model
     * @param input what it is given
     */
    record ToolCalled(int turn, String toolUseId, String name, JsonObject input) implements RunEvent {}

    /**
     * A tool answered, or failed.
     *
     * @param turn the turn whose answer asked for it
     * @param toolUseId names the use
     * @param name the tool's name toward the model
     * @param isError whether it failed
     * @param content what the model is told
     * @param durationMs how many milliseconds it took
     */
    record ToolReturned(int turn, String toolUseId, String name, boolean isError, String content, long durationMs) implements RunEvent {}

    /**
     * An answer failed before it began, or was left behind by a replica that is gone, and is asked for again.
     *
     * @param turn the answer's turn
     * @param reason why it failed
     */
    record TurnRestarted(int turn, String reason) implements RunEvent {}

    /** The last event of a run. */
    sealed interface Ended extends RunEvent {

        /** What the whole run took. */
        RunUsage usage();

        /** What it cost, in US dollars; nothing when the model's price is not known. */
        Optional<BigDecimal> costUsd();

        /** The state that the run ended in. */
        default RunState state() {
            return switch (this) {
                case Completed _ -> RunState.COMPLETED;
                case Failed _ -> RunState.FAILED;
                case Cancelled _ -> RunState.CANCELLED;
            };
        }
    }

    /**
     * The run did what it was to do.
     *
     * @param stopReason why the model stopped, in its own words
     * @param usage see {@link Ended#usage()}
     * @param costUsd see {@link Ended#costUsd()}
     */
    record Completed(String stopReason, RunUsage usage, Optional<BigDecimal> costUsd) implements Ended {}

    /**
     * The run went wrong.
     *
     * @param error why
     * @param usage see {@link Ended#usage()}
     * @param costUsd see {@link Ended#costUsd()}
     */
    record Failed(RunError error, RunUsage usage, Optional<BigDecimal> costUsd) implements Ended {}

    /**
     * The run was cancelled.
     *
     * @param usage see {@link Ended#usage()}
     * @param costUsd see {@link Ended#costUsd()}
     */
    record Cancelled(RunUsage usage, Optional<BigDecimal> costUsd) implements Ended {}
}
