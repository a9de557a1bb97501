package org.claudeagentui.acceptance.faults;

import org.claudeagentui.acceptance.stack.Attachment;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.awaitility.Awaitility.await;

/** What can befall a running service. */
public enum Fault {
    /** Its main process is asked to end, from the host. */
    TERMINATED {
        @Override
        Instant befall(ComposeStack stack, String service) {
            return signal(stack, service, "TERM");
        }
    },
    /** Its main process is killed, from the host. */
    KILLED {
        @Override
        Instant befall(ComposeStack stack, String service) {
            return signal(stack, service, "KILL");
        }
    },
    /** All its processes stand still for ten seconds; its connections stay open. */
    PAUSED {
        @Override
        Instant befall(ComposeStack stack, String service) {
            stack.pause(service);
            try {
                hold();
            } finally {
                stack.unpause(service);
            }
            return Instant.now();
        }
    },
    /** It is off all its networks for ten seconds, and back at whatever addresses the engine then gives it. */
    DISCONNECTED {
        @Override
        Instant befall(ComposeStack stack, String service) {
            List<Attachment> attachments = stack.networks().attachments(service);
            stack.networks().disconnect(service, attachments);
            try {
                hold();
            } finally {
                stack.networks().connect(service, attachments);
            }
            return Instant.now();
        }
    },
    /** Its container is removed, and a new one made at another address on each of its networks. */
    MOVED {
        @Override
        Instant befall(ComposeStack stack, String service) {
            Instant asked = Instant.now();
            List<Attachment> before = stack.networks().attachments(service);
            stack.remove(service);
            List<Probe> strangers = new ArrayList<>();
            try {
                before.forEach(attachment -> strangers.addAll(occupy(stack, attachment)));
                stack.recreate(service);
            } finally {
                strangers.forEach(Probe::close);
            }
            requireOtherAddresses(before, stack.networks().attachments(service));
            return stack.events().await(service, EngineEvent.START, asked, DEADLINE).at();
        }
    };

    private static final Duration HELD = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MOST_STRANGERS = 6;

    /**
     * Has it befall a service.
     *
     * @return the moment from which the stack has to heal: the fault's own, or its end where it lasts
     */
    abstract Instant befall(ComposeStack stack, String service);

    /** Whether the service's container ends by it. */
    boolean ends() {
        return switch (this) {
            case TERMINATED, KILLED -> true;
            case PAUSED, DISCONNECTED, MOVED -> false;
        };
    }

    private static Instant signal(ComposeStack stack, String service, String signal) {
        Instant sent = Instant.now();
        stack.signalHostPid(service, signal);
        return sent;
    }

    private static void hold() {
        await().pollDelay(HELD).atMost(HELD.multipliedBy(2)).until(() -> true);
    }

    // Strangers take the service's addresses while it is away, so that it can't come back at the same ones.
    private static List<Probe> occupy(ComposeStack stack, Attachment attachment) {
        String network = attachment.network().substring(stack.name().length() + 1);
        List<Probe> strangers = new ArrayList<>();
        while (strangers.size() < MOST_STRANGERS && strangers.stream()
                .noneMatch(stranger -> stranger.address()
                        .equals(attachment
                                .address()))) {
            strangers.add(stack.networks().probe(network));
        }
        return strangers;
    }

    private static void requireOtherAddresses(List<Attachment> before, List<Attachment> after) {
        List<String> old = before.stream().map(Attachment::address).toList();
        if (after.size() != before.size() || after.stream().map(Attachment::address).anyMatch(old::contains)) {
            throw new IllegalStateException("It was to come back at other addresses than " + before + ", not at " + after);
        }
    }
}
