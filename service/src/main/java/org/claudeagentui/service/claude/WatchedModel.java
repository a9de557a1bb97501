package org.claudeagentui.service.claude;

import java.util.function.Consumer;

/** A model whose failures somebody is told of. */
public final class WatchedModel implements ModelClient {

    private final ModelClient model;
    private final Consumer<ModelFailure> failures;

    /**
     * A model as it is, watched.
     *
     * @param failures is told of each request that failed, once
     */
    public WatchedModel(ModelClient model, Consumer<ModelFailure> failures) {
        this.model = model;
        this.failures = failures;
    }

    @Override
    public ModelStream open(ModelRequest request, Deadline deadline) {
        return new Stream(model.open(request, deadline), failures);
    }

    private record Stream(ModelStream stream, Consumer<ModelFailure> failures) implements ModelStream {
        @Override
        public StreamEvent next() throws ModelException {
            try {
                StreamEvent event = stream.next();
                if (event instanceof StreamEvent.Failed failed) {
                    failures.accept(failed.failure());
                }
                return event;
            } catch (ModelException e) {
                failures.accept(e.failure());
                throw e;
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
