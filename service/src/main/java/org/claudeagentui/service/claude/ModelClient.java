package org.claudeagentui.service.claude;

/** Where models are asked. */
public interface ModelClient {

    /**
     * Asks the model. Returns at once: what goes wrong, connecting included, shows at {@link ModelStream#next()}.
     *
     * @param request the question
     * @param deadline when the whole answer must have come
     */
    ModelStream open(ModelRequest request, Deadline deadline);
}
