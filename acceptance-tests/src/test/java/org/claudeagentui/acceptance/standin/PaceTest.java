package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private static final int EVENTS = 200;
    private static final int ATTEMPTS = 10;
    private static final long PACE = 1_000_000;

    @Test
    void deltasKeepTheirPaceWithoutDrift() throws IOException {
        try (Running running = new Running()) {
            running.control().add(StandinScript.answering("pace").always().stampedText(EVENTS, Duration.ofNanos(PACE)));
            List<Long> ofOne = new ArrayList<>();
            List<Long> ofAll = new ArrayList<>();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                List<Stamp> stamps = Stamp.in(SseEvent.text(running.streamFor("pace")));
                assertThat(stamps).hasSize(EVENTS);
                ofOne.add(medianGap(stamps));
                ofAll.add(stamps.getLast().at() - stamps.getFirst().at());
            }

            // What a busy machine does to single attempts is not the stand-in's doing: a late first event makes the whole short, any other one long.
            assertThat(ofAll.stream().sorted().toList().get(ATTEMPTS / 2)).as("the median whole, in nanoseconds")
                    .isGreaterThan((EVENTS
                            - 3) * PACE);
            assertThat(Collections.min(ofAll)).as("the best whole").isLessThan((EVENTS + 5) * PACE);
            assertThat(ofOne).as("the median time from one to the next")
                    .anySatisfy(one -> assertThat(one).isBetween(PACE * 9 / 10, PACE * 11 / 10));
        }
    }

    private static long medianGap(List<Stamp> stamps) {
        return IntStream.range(1, stamps.size())
                .mapToLong(index -> stamps.get(index).at() - stamps.get(index - 1).at())
                .sorted()
                .skip(stamps.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
