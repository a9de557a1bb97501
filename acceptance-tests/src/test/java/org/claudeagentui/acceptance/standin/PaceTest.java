package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private static final int EVENTS = 1000;
    private static final long PACE = 1_000_000;

    @Test
    void deltasKeepTheirPaceWithoutDrift() throws IOException {
        try (Running running = new Running()) {
            running.control().add(StandinScript.answering("pace").stampedText(EVENTS, Duration.ofNanos(PACE)));

            List<Stamp> stamps = Stamp.in(SseEvent.text(running.streamFor("pace")));

            assertThat(stamps).hasSize(EVENTS);
            long first = stamps.getFirst().at();
            List<Long> late = stamps.stream().map(stamp -> stamp.at() - first - stamp.index() * PACE).sorted().toList();
            assertThat(late.getFirst()).as("the earliest, in nanoseconds from its time").isGreaterThan(-PACE);
            assertThat(late.get(EVENTS / 2)).as("the median, in nanoseconds from its time").isLessThan(PACE);
            assertThat(stamps.getLast().at() - first).as("the whole").isBetween((EVENTS - 2) * PACE, (EVENTS + 50) * PACE);
        }
    }
}
