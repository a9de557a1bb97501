package org.claudeagentui.acceptance.stack;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * One run of the suite. Whatever it makes carries its labels; whatever carries none, it does not touch. The owner's
 * process and start time stand in a label too, so that a later run can tell left-overs from a neighbour's work.
 */
public final class TestSession {
    /** Label with the session's id. */
    public static final String SESSION_LABEL = "org.claudeagentui.test-session";
    /** Label with the process that owns the session. */
    public static final String OWNER_LABEL = "org.claudeagentui.test-owner";
    /** What every test stack's name begins with. */
    public static final String STACK_PREFIX = "claude-at-";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id = randomHex();
    private final String owner = ownerOf(ProcessHandle.current());

    TestSession() {
    }

    String id() {
        return id;
    }

    String owner() {
        return owner;
    }

    Map<String, String> labels() {
        return Map.of(SESSION_LABEL, id, OWNER_LABEL, owner);
    }

    /** Whether labels are a session's: those of a test stack that somebody started by hand are there, but empty. */
    static boolean owns(@Nullable Map<String, String> labels) {
        return labels != null && !labels.getOrDefault(SESSION_LABEL, "").isEmpty();
    }

    static String newStackName() {
        return STACK_PREFIX + randomHex();
    }

    static boolean mayTouch(String stackName) {
        return stackName.matches(STACK_PREFIX + "[0-9a-z-]+");
    }

    /** Whether the process that a label names still lives; a reused process id has another start time. */
    static boolean lives(String owner) {
        String[] parts = owner.split("@", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,9}")) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .map(TestSession::ownerOf)
                .filter(owner::equals)
                .isPresent();
    }

    private static String ownerOf(ProcessHandle process) {
        return process.pid() + "@" + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String randomHex() {
        byte[] bytes = new byte[3];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
