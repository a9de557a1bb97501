package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.stack.SseReader.SseEvent;
import org.claudeagentui.acceptance.standin.Stamp;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The stamped deltas that a client got, and how long after the model's write each of them came. */
final class StampedRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Integer> order = new ArrayList<>();
    private final List<Long> micros = new ArrayList<>();
    private int deltas;

    private StampedRun() {
    }

    static StampedRun of(List<SseEvent> events) {
        StampedRun run = new StampedRun();
        events.stream().filter(event -> event.type().equals("text.delta")).forEach(run::add);
        return run;
    }

    private void add(SseEvent delta) {
        deltas++;
        long arrived = ChronoUnit.NANOS.between(Instant.EPOCH, delta.at());
        for (Stamp stamp : Stamp.in(text(delta))) {
            order.add(stamp.index());
            micros.add((arrived - stamp.at()) / 1000);
        }
    }

    /** The text of a delta. */
    static String text(SseEvent delta) {
        try {
            return JSON.readTree(delta.data()).at("/text").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("An event's data is not JSON: " + delta.data(), e);
        }
    }

    /** How many events there were. */
    int deltas() {
        return deltas;
    }

    /** Whether so many stamps came, each once and in the order of their writing. */
    boolean isInOrder(int count) {
        return order.equals(IntStream.range(0, count).boxed().toList());
    }

    /** Which of them came later than that. */
    List<Integer> laterThan(Duration limit) {
        return IntStream.range(0, micros.size()).filter(i -> micros.get(i) > limit.toMillis() * 1000).boxed().toList();
    }

    /** From the model's write to the client, in milliseconds. */
    Distribution millis() {
        return Distribution.of(micros.stream().mapToDouble(each -> each / 1000.0));
    }
}
