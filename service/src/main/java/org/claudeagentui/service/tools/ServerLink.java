package org.claudeagentui.service.tools;

import io.modelcontextprotocol.spec.McpClientTransport;

/** What messages to and from a server pass through, and the means to cut it. */
interface ServerLink {

    McpClientTransport transport();

    /** Cuts it, at once and for good, whatever it is doing. */
    void cut();
}
