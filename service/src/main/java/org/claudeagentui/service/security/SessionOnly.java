package org.claudeagentui.service.security;

import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;

/** What a token can't do, lest one that leaked be made to last. */
final class SessionOnly {
    private SessionOnly() {
    }

    /**
     * The session of the caller.
     *
     * @param what what is asked for, as the beginning of a sentence
     * @throws ProblemException for who came with a token
     */
    static Credential.SessionCookie credential(String what) {
        if (Visit.current().identity().credential() instanceof Credential.SessionCookie session) {
            return session;
        }
        throw new ProblemException(Problem.forbidden(what + " by who signed in with a password, not with an API token."));
    }
}
