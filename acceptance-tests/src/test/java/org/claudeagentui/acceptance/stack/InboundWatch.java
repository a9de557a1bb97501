package org.claudeagentui.acceptance.stack;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Connections that somebody tried to open to a container, counted in its own network namespace: they count as they arrive there,
 * whether anybody listens or not, so that an answer from elsewhere can't pass for the container's.
 */
public final class InboundWatch {
    private static final String COUNT_EACH_PORT = """
            set -e
            for port in "$0" "$@"; do iptables -A INPUT ! -i lo -p tcp --syn --dport "$port" -m comment --comment "$port"; done
            """;

    private final PacketFilter filter;

    private InboundWatch(PacketFilter filter) {
        this.filter = filter;
    }

    /** Counts from now on what arrives for each of some ports. */
    public static InboundWatch begin(ComposeStack stack, String service, List<Integer> ports) {
        PacketFilter filter = new PacketFilter(stack, service);
        String[] arguments = ports.stream().map(String::valueOf).toArray(String[]::new);
        filter.run(COUNT_EACH_PORT, arguments);
        return new InboundWatch(filter);
    }

    /** How many have arrived for each port. */
    public Map<Integer, Long> read() {
        return filter.counted()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(count -> Integer.valueOf(count.getKey()), Map.Entry::getValue));
    }
}
