package org.claudeagentui.acceptance.standin;

import java.util.Optional;

/** Which requests a script answers: those that agree with everything it names. */
record Match(Optional<String> inputContains, Optional<String> conversationContains, Optional<String> systemContains,
        Optional<String> model, Optional<Boolean> stream) {
    boolean test(MessagesRequest request) {
        return inputContains.map(text -> request.input().contains(text)).orElse(true)
                && conversationContains.map(text -> request.conversation().contains(text)).orElse(true)
                && systemContains.map(text -> request.system().contains(text)).orElse(true)
                && model.map(name -> request.model().equals(name)).orElse(true)
                && stream.map(wanted -> request.stream() == wanted).orElse(true);
    }
}
