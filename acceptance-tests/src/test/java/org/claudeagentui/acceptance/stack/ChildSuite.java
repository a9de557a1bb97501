package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a part of the suite in a Java process of its own, set up as this one is. */
public final class ChildSuite {
    private ChildSuite() {
    }

    /** Runs a class's main method, with more system properties, until it ends or the deadline does. */
    public static CommandResult run(Class<?> main, Map<String, String> properties, Duration deadline) {
        Map<String, String> environment = System.getenv()
                .entrySet()
                .stream()
                .filter(variable -> variable.getKey().startsWith("TESTCONTAINERS_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return CommandLine.run(Project.locate().root(), environment, deadline, command(main, properties));
    }

    static List<String> command(Class<?> main, Map<String, String> properties) {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "-Dacceptance.project=" + Project
                        .locate()
                        .root(), "-Dacceptance.directory=" + Project.locate().work(), "-Dacceptance.tag=" + Project.imageTag()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        return command;
    }
}
