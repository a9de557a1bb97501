package org.claudeagentui.service.strapi;

import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts for who watches the stack where answers to reads came from. */
final class Sources {
    private static final Metadata READS = Metadata.builder()
            .withName("strapi_reads")
            .withDescription("Reads of what Strapi keeps, by where the answer came from")
            .build();

    private Sources() {
    }

    static Consumer<Source> counted(MetricRegistry registry) {
        Map<Source, Counter> counters = Arrays.stream(Source.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), source -> registry.counter(READS, new Tag("source", source
                        .label()))));
        return source -> Objects.requireNonNull(counters.get(source)).inc();
    }
}
