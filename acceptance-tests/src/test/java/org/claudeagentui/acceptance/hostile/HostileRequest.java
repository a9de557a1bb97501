package org.claudeagentui.acceptance.hostile;

/**
 * A request as it goes over the wire.
 *
 * @param kind what is bad about it
 * @param wire all of it, one character a byte
 * @param bodiless whether its answer has no body
 * @param unfinished whether it has no end, so that it need not be answered once the connection's is there
 */
public record HostileRequest(String kind, String wire, boolean bodiless, boolean unfinished) {
    private static final int SHOWN = 300;

    /** Its beginning, in characters that any report can show. */
    @Override
    public String toString() {
        String beginning = wire.substring(0, Math.min(wire.length(), SHOWN));
        return "[%s, %d bytes] %s".formatted(kind, wire.length(), beginning.replace("\r", "\\r")
                .replace("\n", "\\n")
                .replaceAll("[^ -~]", "?"));
    }
}
