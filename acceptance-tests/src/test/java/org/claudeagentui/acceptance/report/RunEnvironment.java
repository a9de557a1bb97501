package org.claudeagentui.acceptance.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the suite ran on and against: recorded while it runs, by those who know. */
public final class RunEnvironment {
    private static final Map<String, Object> FACTS = new ConcurrentHashMap<>();

    private RunEnvironment() {
    }

    /** Records a fact about the machine, the engine, the images or the run; a later value replaces an earlier one. */
    public static void record(String name, Object value) {
        FACTS.put(name, value instanceof String text ? Secrets.redact(text) : value);
    }

    /** All facts recorded so far, by name. */
    public static Map<String, Object> facts() {
        return new TreeMap<>(FACTS);
    }
}
