package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the suite ran on and against: recorded while it runs, by those who know. */
public final class RunEnvironment {
    private static final int MOST_STARTUPS = 4;
    private static final Map<String, Object> FACTS = new ConcurrentHashMap<>();
    private static final List<Startup> STARTUPS = new CopyOnWriteArrayList<>();
    private static volatile Topology topology = Topology.UNSEEN;

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

    /** Forgets the facts of an earlier run in this process. */
    static void clear() {
        FACTS.clear();
    }

    /** Records how a stack started, for the report to draw; the first few are kept. */
    public static void record(Startup startup) {
        if (STARTUPS.size() < MOST_STARTUPS) {
            STARTUPS.add(startup);
        }
    }

    /** Records the topology under test as it was observed; a later one replaces an earlier one. */
    public static void record(Topology observed) {
        topology = observed;
    }

    /** The pictures recorded since they were last taken: a process may run the suite several times, each with a report of its own. */
    static Pictures takePictures() {
        Pictures taken = new Pictures(STARTUPS, topology);
        STARTUPS.clear();
        topology = Topology.UNSEEN;
        return taken;
    }
}
