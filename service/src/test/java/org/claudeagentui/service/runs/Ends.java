package org.claudeagentui.service.runs;

import org.claudeagentui.service.security.TestUsers;

import java.util.Optional;

/** Waits for runs to end. */
final class Ends {

    private Ends() {
    }

    /** The run, once it has ended. */
    static Run of(Replica replica, Run run) throws Exception {
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.untilEnd();
        }
        return replica.runs().find(run.id(), TestUsers.User.ADMIN.caller()).orElseThrow();
    }
}
