package org.claudeagentui.acceptance.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's packet filter in a container's own network namespace, where rules with a comment count packets; it goes with the container. */
final class PacketFilter {
    private static final Pattern COUNTER = Pattern.compile("^\\[(\\d+):\\d+].*--comment \"?([^\"\\s]+)", Pattern.MULTILINE);

    private final Engine engine;
    private final String container;

    PacketFilter(ComposeStack stack, String service) {
        this.engine = stack.engine();
        this.container = stack.containerName(service);
    }

    /** Runs a script there, and gives what it printed. */
    String run(String script, String... arguments) {
        return engine.helpers().runInNetworkOf(container, script, List.of(arguments)).orThrow();
    }

    /** How many packets each rule has counted, by its comment. */
    Map<String, Long> counted() {
        Map<String, Long> packets = new LinkedHashMap<>();
        Matcher counter = COUNTER.matcher(run("iptables-save -c -t filter"));
        while (counter.find()) {
            packets.put(counter.group(2), Long.parseLong(counter.group(1)));
        }
        return packets;
    }
}
