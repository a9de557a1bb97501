package org.claudeagentui.service.tracing;

/** Is told how many steps of traces reached the collector, and how many did not. */
interface TraceCounts {
    void exported(int spans);

    void dropped(int spans);
}
