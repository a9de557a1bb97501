package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.ServiceState;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Makes stacks for one test; all of them are gone when the test ends. */
public final class Stacks implements AutoCloseable {
    private final SuiteSession session;
    private final Deque<ComposeStack> made = new ArrayDeque<>();

    Stacks(SuiteSession session) {
        this.session = session;
    }

    /** Gives a stack that is neither prepared nor started. */
    public ComposeStack create() {
        ComposeStack stack = session.createStack();
        made.push(stack);
        return stack;
    }

    List<ServiceState> states() {
        return made.stream().flatMap(stack -> StackPictures.of(stack).states().stream()).toList();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!made.isEmpty()) {
            try {
                made.pop().stop();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
