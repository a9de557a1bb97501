package org.claudeagentui.service.runs;

import java.util.List;

/**
 * How far a run has come, as far as whoever goes on with it needs to know.
 *
 * @param conversation what was said in turns that are complete
 * @param turnBegun whether the next turn was begun already: it is to be started again
 * @param usage what it has taken; a turn that was begun may have taken more than was heard of
 */
record Progress(Conversation conversation, boolean turnBegun, RunUsage usage) {

    /** That of a run that has not begun. */
    static Progress none(String input) {
        return new Progress(Conversation.of(input, List.of()), false, RunUsage.NONE);
    }

    /** That of a run with these events, from the first. */
    static Progress of(Run run, List<StoredEvent> events) {
        Conversation conversation = Conversation.of(run.input(), events);
        // Completed turns come before it, so the last one that was started is it, or is complete.
        long started = events.stream().filter(event -> event.type().equals("turn.started")).count();
        boolean begun = started >= conversation.nextTurn();
        RunUsage counted = run.usage().orElse(RunUsage.NONE);
        return new Progress(conversation, begun, new RunUsage(counted.tokens(), counted.complete() && !begun));
    }
}
