package org.claudeagentui.acceptance.promises;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Attaches to a Java virtual machine as a debugger does, looks, and lets go. */
final class JavaDebugger {
    private static final String CONNECTOR = "com.sun.jdi.SocketAttach";
    private static final String TIMEOUT_MILLIS = "10000";

    /**
     * What a debugger sees.
     *
     * @param name the machine's name
     * @param version the Java version that it implements
     * @param classes those of the classes asked for that it has loaded
     */
    record Sight(String name, String version, List<String> classes) {}

    private JavaDebugger() {
    }

    static Sight attach(String host, int port, List<String> classes) throws IOException, IllegalConnectorArgumentsException {
        AttachingConnector connector = Bootstrap.virtualMachineManager()
                .attachingConnectors()
                .stream()
                .filter(each -> each.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This JDK has no " + CONNECTOR));
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Map.of("hostname", host, "port", String.valueOf(port), "timeout", TIMEOUT_MILLIS)
                .forEach((name, value) -> Objects.requireNonNull(arguments.get(name), name).setValue(value));
        VirtualMachine machine = connector.attach(arguments);
        try {
            return new Sight(machine.name(), machine.version(), classes.stream()
                    .filter(name -> !machine.classesByName(name).isEmpty())
                    .toList());
        } finally {
            machine.dispose();
        }
    }
}
