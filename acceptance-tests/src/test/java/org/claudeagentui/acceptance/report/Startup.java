package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Optional;

/**
 * One start of a stack as the engine's events tell it; all times are milliseconds since it was asked for.
 *
 * @param title which start it was
 * @param services its services, in the order in which they started
 */
public record Startup(String title, List<Service> services) {
    /** Copies the services. */
    public Startup {
        services = List.copyOf(services);
    }

    /**
     * One service's start.
     *
     * @param service the Compose service
     * @param needs the services whose health it waited for
     * @param marks what happened to it
     * @param probes its health checks until it was healthy
     */
    public record Service(String service, List<String> needs, List<Mark> marks, List<Probe> probes) {
        /** Copies the lists. */
        public Service {
            needs = List.copyOf(needs);
            marks = List.copyOf(marks);
            probes = List.copyOf(probes);
        }

        Optional<Long> first(Moment moment) {
            return marks.stream().filter(mark -> mark.moment() == moment).map(Mark::atMillis).findFirst();
        }
    }

    /**
     * Something that happened to a service.
     *
     * @param moment what
     * @param atMillis when
     */
    public record Mark(Moment moment, long atMillis) {}

    /**
     * One health check that ended.
     *
     * @param fromMillis when it began
     * @param toMillis when it ended
     * @param passed whether it found the service healthy
     */
    public record Probe(long fromMillis, long toMillis, boolean passed) {}

    long endMillis() {
        return services.stream()
                .flatMap(service -> service.marks().stream())
                .mapToLong(Mark::atMillis)
                .max()
                .orElse(0);
    }
}
