package org.claudeagentui.acceptance.stack;

/**
 * What testssl.sh says of one thing that it looked at.
 *
 * @param id its name for the thing
 * @param severity how bad it finds what it saw
 * @param finding what it saw
 */
public record TlsFinding(String id, Severity severity, String finding) {
    /** In testssl.sh's order. A warning says that it couldn't look. */
    public enum Severity {
        DEBUG, INFO, WARN, OK, LOW, MEDIUM, HIGH, CRITICAL, FATAL
    }

    /** Whether it is something to mend. */
    public boolean isFault() {
        return severity.compareTo(Severity.LOW) >= 0;
    }
}
