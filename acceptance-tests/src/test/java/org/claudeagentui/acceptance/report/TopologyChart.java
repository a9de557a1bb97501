package org.claudeagentui.acceptance.report;

import org.claudeagentui.acceptance.report.Topology.Container;
import org.claudeagentui.acceptance.report.Topology.Network;

import java.util.List;
import java.util.stream.Collectors;

/** Draws a topology: the host above, a column a container, a bus a network, and each container's address where they meet. */
final class TopologyChart {
    private static final int COLUMN = 190;
    private static final int LEFT = 16;
    // A port's label begins at its container's middle and may be longer than what is left of the last column.
    private static final int OVERHANG = 56;
    private static final int HOST = 34;
    private static final int BOX_TOP = 92;
    private static final int BOX = 62;
    private static final int FIRST_BUS = BOX_TOP + BOX + 56;
    private static final int BUS = 58;

    private final Topology topology;
    private final Markup out;

    private TopologyChart(Topology topology, Markup out) {
        this.topology = topology;
        this.out = out;
    }

    static void draw(Topology topology, Markup out) {
        new TopologyChart(topology, out).draw();
    }

    private void draw() {
        int width = LEFT * 2 + topology.containers().size() * COLUMN + OVERHANG;
        int height = FIRST_BUS + topology.networks().size() * BUS;
        out.open("svg", "viewBox", "0 0 %d %d".formatted(width, height), "role", "img", "aria-labelledby", "topology-title topology-desc",
                "class", "chart");
        out.leaf("title", "Containers, networks and published ports, as the engine shows them", "id", "topology-title");
        out.leaf("desc", describe(), "id", "topology-desc");
        out.empty("rect", "x", String.valueOf(LEFT), "y", "4", "width", String.valueOf(width - 2 * LEFT), "height", String.valueOf(HOST
                - 8), "rx", "5", "class", "host");
        out.leaf("text", "this host", "x", String.valueOf(LEFT + 10), "y", "22", "class", "name");
        for (int column = 0; column < topology.containers().size(); column++) {
            container(topology.containers().get(column), column);
        }
        for (int bus = 0; bus < topology.networks().size(); bus++) {
            network(topology.networks().get(bus), bus, width);
        }
        out.close();
    }

    private String describe() {
        return topology.containers()
                .stream()
                .map(container -> "%s, %s, on %s, publishes %s".formatted(container.name(), container.state(), container.addresses(),
                        container.ports().isEmpty() ? "nothing" : String.join(", ", container.ports())))
                .collect(Collectors.joining(". "));
    }

    private void network(Network network, int bus, int width) {
        String y = String.valueOf(y(bus));
        out.empty("line", "x1", String.valueOf(LEFT), "x2", String.valueOf(width - LEFT), "y1", y, "y2", y, "class", "bus bus-" + bus % 4);
        out.leaf("text", network.name() + "  " + network.kind() + "  " + network.subnet(), "x", String.valueOf(LEFT + 2), "y", String
                .valueOf(y(bus) + 20), "class", "tick halo");
    }

    private void container(Container container, int column) {
        int left = LEFT + column * COLUMN + 10;
        int middle = left + (COLUMN - 20) / 2;
        List<String> ports = container.ports();
        if (!ports.isEmpty()) {
            out.empty("path", "d", "M%d %d V%d m-4 -7 l4 7 l4 -7".formatted(middle, HOST - 4, BOX_TOP), "class", "link");
            for (int i = 0; i < ports.size(); i++) {
                out.leaf("text", ports.get(i), "x", String.valueOf(middle + 8), "y", String.valueOf(HOST + 15 + i * 15), "class", "tick");
            }
        }
        for (int bus = 0; bus < topology.networks().size(); bus++) {
            if (container.addresses().containsKey(topology.networks().get(bus).name())) {
                attach(container, bus, middle);
            }
        }
        out.empty("rect", "x", String.valueOf(left), "y", String.valueOf(BOX_TOP), "width", String.valueOf(COLUMN - 20), "height", String
                .valueOf(BOX), "rx", "7", "class", "box");
        out.leaf("text", container.name(), "x", String.valueOf(middle), "y", String.valueOf(BOX_TOP + 25), "class", "name", "text-anchor",
                "middle");
        out.leaf("text", container.state(), "x", String.valueOf(middle), "y", String.valueOf(BOX_TOP + 45), "class", "tick", "text-anchor",
                "middle");
    }

    private void attach(Container container, int bus, int middle) {
        int at = middle + (bus - topology.networks().size() / 2) * 34;
        String address = container.addresses().getOrDefault(topology.networks().get(bus).name(), "");
        out.empty("line", "x1", String.valueOf(at), "x2", String.valueOf(at), "y1", String.valueOf(BOX_TOP + BOX), "y2", String.valueOf(y(
                bus)), "class", "drop bus-" + bus % 4);
        out.empty("circle", "cx", String.valueOf(at), "cy", String.valueOf(y(bus)), "r", "5", "class", "joint bus-" + bus % 4);
        out.leaf("text", address, "x", String.valueOf(at + 6), "y", String.valueOf(y(bus) - 8), "class", "tick halo");
    }

    private static int y(int bus) {
        return FIRST_BUS + bus * BUS;
    }
}
