package org.claudeagentui.acceptance.report;

/**
 * One service when a test failed, for whoever asks why.
 *
 * @param stack the stack it belongs to
 * @param service the Compose service
 * @param state what the engine says: {@code running, healthy} and so on
 * @param health what the last health checks ended with and printed; empty where there was none
 * @param log the last lines of its log
 */
public record ServiceState(String stack, String service, String state, String health, String log) {
    /** Takes the secrets out. */
    public ServiceState {
        health = Secrets.redact(health);
        log = Secrets.redact(log);
    }
}
