package org.claudeagentui.acceptance.stack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A running container's processes, as the engine's host sees them. */
public final class ContainerProcesses {
    private final Engine engine;
    private final String container;

    ContainerProcesses(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /** The main process below the container's init, by its id on the engine's host. */
    long main() {
        return main("PID").map(Long::parseLong).orElseGet(() -> init());
    }

    /** The main process' command line. */
    public String mainCommand() {
        return main("CMD").orElse("");
    }

    /** What the main process, a Java process, refers to. The engine has to be on this machine; the process stops for the count. */
    public LiveHeap liveHeap() {
        return LiveHeap.of(main());
    }

    /** All processes below the container's init, by their ids on the engine's host; what was run in it beside them is not among them. */
    List<Long> all() {
        List<Map<String, String>> listed = top();
        List<Long> found = new ArrayList<>();
        Deque<String> parents = new ArrayDeque<>(List.of(String.valueOf(init())));
        while (!parents.isEmpty()) {
            String parent = parents.pop();
            listed.stream()
                    .filter(process -> parent.equals(process.get("PPID")))
                    .map(process -> String.valueOf(process.get("PID")))
                    .forEach(pid -> {
                        found.add(Long.parseLong(pid));
                        parents.push(pid);
                    });
        }
        return found;
    }

    private List<Map<String, String>> top() {
        var top = engine.docker().topContainerCmd(container).exec();
        List<Map<String, String>> processes = new ArrayList<>();
        for (String[] columns : top.getProcesses()) {
            Map<String, String> process = new HashMap<>();
            for (int i = 0; i < columns.length; i++) {
                process.put(top.getTitles()[i], columns[i]);
            }
            processes.add(process);
        }
        return processes;
    }

    private Optional<String> main(String column) {
        String init = String.valueOf(init());
        return top().stream()
                .filter(process -> init.equals(process.get("PPID")))
                .map(process -> String.valueOf(process.get(column)))
                .findFirst();
    }

    private long init() {
        return Objects.requireNonNull(engine.inspect(container).getState().getPidLong(), "a running container has a process");
    }
}
