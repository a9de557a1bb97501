package org.claudeagentui.acceptance.report;

import java.util.List;

/** What the report draws: how stacks started, and what the stack under test was. */
record Pictures(List<Startup> startups, Topology topology) {
    static final Pictures NONE = new Pictures(List.of(), Topology.UNSEEN);

    Pictures {
        startups = List.copyOf(startups);
    }
}
