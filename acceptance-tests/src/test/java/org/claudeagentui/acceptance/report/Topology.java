package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A running stack as the engine's inspection shows it, not as the files describe it. Names are without the stack's own.
 *
 * @param networks its networks
 * @param containers its containers
 */
public record Topology(List<Network> networks, List<Container> containers) {
    /** Nothing was observed. */
    static final Topology UNSEEN = new Topology(List.of(), List.of());

    /** Copies the lists. */
    public Topology {
        networks = List.copyOf(networks);
        containers = List.copyOf(containers);
    }

    /**
     * A network.
     *
     * @param name its name
     * @param kind its driver, and whether it is internal
     * @param subnet its addresses
     */
    public record Network(String name, String kind, String subnet) {}

    /**
     * A container.
     *
     * @param name its name
     * @param image what it runs, by its image's reference
     * @param imageId the image's id
     * @param state what the engine says: {@code running, healthy} and so on
     * @param addresses its address on each network it is on
     * @param ports what it publishes: {@code 127.0.0.1:8080 → 80/tcp}
     * @param mounts what is mounted where, and whether it may be written
     */
    public record Container(String name, String image, String imageId, String state, Map<String, String> addresses, List<String> ports,
            List<String> mounts) {
        /** Copies the collections. */
        public Container {
            addresses = new TreeMap<>(addresses);
            ports = List.copyOf(ports);
            mounts = List.copyOf(mounts);
        }
    }
}
