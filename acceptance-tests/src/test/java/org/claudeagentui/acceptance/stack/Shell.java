package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A place inside a container from which commands can be run: the view that a process there has of the network. */
@FunctionalInterface
public interface Shell {
    /** Runs a command and waits for its end, at most for the deadline. */
    ExecResult run(Duration deadline, List<String> command);

    /** What became of a TCP connection. */
    enum Reach {
        CONNECTED, REFUSED, UNREACHABLE
    }

    /** Resolves a name as programs there do, or gives nothing where it has no address. */
    default Optional<String> resolve(String name) {
        ExecResult result = run(Duration.ofSeconds(15), List.of("timeout", "10", "getent", "ahostsv4", name));
        return result.out().lines().findFirst().map(line -> line.split("\\s+", 2)[0]).filter(address -> !address.isEmpty());
    }

    /** Tries to open a TCP connection for three seconds. */
    default Reach connect(String host, int port) {
        String script = "timeout 3 bash -c 'exec 3<>/dev/tcp/%s/%d' 2>&1".formatted(host, port);
        ExecResult result = run(Duration.ofSeconds(10), List.of("bash", "-c", script));
        if (result.succeeded()) {
            return Reach.CONNECTED;
        }
        return result.out().contains("refused") ? Reach.REFUSED : Reach.UNREACHABLE;
    }
}
