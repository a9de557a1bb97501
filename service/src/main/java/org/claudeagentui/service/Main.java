package org.claudeagentui.service;

import io.helidon.microprofile.server.Server;

/** Starts the service. */
public final class Main {
    private Main() {
    }

    static void main() {
        Server.create().start();
    }
}
