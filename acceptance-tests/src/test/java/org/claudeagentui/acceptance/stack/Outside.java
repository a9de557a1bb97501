package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.EnvironmentFailure;
import org.claudeagentui.acceptance.stack.Probing.Question;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What lies outside the stack's networks, as far as a machine without the internet has it: a listener on an address of the
 * host's own that is no bridge's, and another machine.
 */
public final class Outside implements AutoCloseable {
    private static final List<String> VIRTUAL = List.of("docker", "br-", "veth", "virbr", "cni");
    private static final int DNS = 53;

    private final ServerSocket listener;

    private Outside(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens on a free port; connections are taken by the kernel, and nothing is said on them. */
    public static Outside open() {
        try {
            return new Outside(new ServerSocket(0, 50, ownAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing can listen on the host's own address", e);
        }
    }

    private static InetAddress ownAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(Outside::isReal)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst()
                .orElseThrow(() -> new EnvironmentFailure(
                        "This machine has no network but loopback and bridges: nothing outside can be probed"));
    }

    private static boolean isReal(NetworkInterface network) {
        try {
            return network.isUp() && VIRTUAL.stream().noneMatch(network.getName()::startsWith);
        } catch (SocketException e) {
            throw new UncheckedIOException("The network " + network.getName() + " can't be looked at", e);
        }
    }

    /** The listener, which every container with a route out of its network reaches. */
    public Question.Connection nearby() {
        return new Question.Connection(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** A machine other than this one: its name server, where a container that has a way out reaches it over TCP. */
    public Optional<Question.Connection> farther(Shell control) {
        try {
            return Files.readAllLines(Path.of("/etc/resolv.conf"))
                    .stream()
                    .filter(line -> line.matches("nameserver \\d+(\\.\\d+){3}\\s*"))
                    .map(line -> line.split("\\s+", -1)[1])
                    .filter(Predicate.not(address -> address.startsWith("127.")))
                    .map(address -> new Question.Connection(address, DNS))
                    .filter(machine -> Probing.from(control, List.of(machine)).get(machine) == Probing.Outcome.CONNECTED)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("This machine's name servers can't be read", e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The listener on the host's own address can't be closed", e);
        }
    }
}
