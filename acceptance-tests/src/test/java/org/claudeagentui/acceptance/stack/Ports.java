package org.claudeagentui.acceptance.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Finds loopback ports that nobody listens on. */
final class Ports {
    // Below the kernel's ephemeral range, so that no outgoing connection takes one between its choice and its use.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {
    }

    static List<Integer> free(int count) {
        List<Integer> ports = new ArrayList<>();
        for (int tries = 0; ports.size() < count; tries++) {
            if (tries > TRIES) {
                throw new IllegalStateException("No %d free loopback ports between %d and %d".formatted(count, LOWEST, HIGHEST));
            }
            int port = RANDOM.nextInt(LOWEST, HIGHEST);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
