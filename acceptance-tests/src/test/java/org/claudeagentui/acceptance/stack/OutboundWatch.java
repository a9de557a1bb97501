package org.claudeagentui.acceptance.stack;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container sends of its own accord, counted by the kernel's packet filter in the container's own network namespace:
 * every connection that it opens and every datagram that leaves it, name queries included; nothing is sampled. What stays on
 * loopback and what answers others is not counted. Ends with the container.
 */
public final class OutboundWatch {
    private static final Pattern LEFT = Pattern.compile("^left (\\d+)$", Pattern.MULTILINE);
    private static final String IPV4 = """
            set -e
            iptables -A OUTPUT ! -o lo -p tcp --syn -d "$0" --dport "$1" -m comment --comment permitted
            iptables -A OUTPUT ! -o lo -p tcp --syn -m comment --comment opened
            iptables -A OUTPUT ! -o lo ! -p tcp -m comment --comment datagrams
            awk '$1 != "lo:" && NR > 2 { sent += $10 } END { print "left " sent + 0 }' /proc/net/dev
            """;

    private final PacketFilter filter;

    private OutboundWatch(PacketFilter filter) {
        this.filter = filter;
    }

    /**
     * What was counted so far.
     *
     * @param permitted connections opened to the one address that is expected
     * @param elsewhere connections opened to any other
     * @param datagrams packets of other protocols than TCP
     */
    public record Count(long permitted, long elsewhere, long datagrams) {}

    /** Counts from now on; where packets had left the container before, too late, it says how many. */
    public static OutboundWatch begin(ComposeStack stack, String service, String permittedAddress, int permittedPort) {
        OutboundWatch watch = new OutboundWatch(new PacketFilter(stack, service));
        String said = watch.filter.run(IPV4, permittedAddress, String.valueOf(permittedPort));
        Matcher left = LEFT.matcher(said);
        if (!left.find() || !left.group(1).equals("0")) {
            throw new TooLateException("Packets had left " + service + " before they were counted: " + said);
        }
        return watch;
    }

    /** Reads the counters. */
    public Count read() {
        Map<String, Long> counted = filter.counted();
        long permitted = counted.getOrDefault("permitted", 0L);
        return new Count(permitted, counted.getOrDefault("opened", 0L) - permitted, counted.getOrDefault("datagrams", 0L));
    }

    /** The container had begun to speak before the counting began. */
    public static final class TooLateException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooLateException(String message) {
            super(message);
        }
    }
}
