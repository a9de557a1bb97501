package org.claudeagentui.service.logging;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class LogsTest {
    private static final String ODD = "tab\t quote\" backslash\\ newline\n nul\0 del\u007f \u2028 Zoë 😀 half\ud83d";

    @Test
    void lineIsOneJsonObjectWhateverIsInIt() {
        var entry = entry(ODD);
        entry.setThrown(new IOException(ODD));

        var line = new JsonLines().format(entry);

        assertThat(line).endsWith("}\n").doesNotContain("\n{").hasLineCount(1);
        assertThat(json(line).getString("message")).isEqualTo(ODD);
        assertThat(json(line).getString("exception")).contains("IOException", "LogsTest");
        assertThat(json(line).keySet()).contains("time", "level", "logger").doesNotContain("requestId", "runId");
    }

    @Test
    void lineNamesRequestAndRun() {
        var lines = new ArrayList<String>();

        LogContext.withRequest("request-1", () -> LogContext.withRun("run-1", () -> {
            lines.add(new JsonLines().format(entry("hello")));
            lines.add(new TextLines().format(entry("hello")));
        }));

        assertThat(json(lines.getFirst()).getString("requestId")).isEqualTo("request-1");
        assertThat(json(lines.getFirst()).getString("runId")).isEqualTo("run-1");
        assertThat(lines.getLast()).contains("request=request-1 run=run-1").endsWith(" hello\n");
    }

    @Test
    void filesStayWithinTheirBoundsAndKeepTheNewestLines(@TempDir Path directory) throws IOException {
        var file = directory.resolve("express.log");
        var log = lines(new LogFile(file, 1_000, 3));
        IntStream.range(0, 200).forEach(number -> log.publish(entry("line " + number)));
        log.close();

        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(3)
                    .allSatisfy(it -> assertThat(it).hasSize(Files.size(it))
                            .satisfies(one -> assertThat(Files.size(one))
                                    .isLessThanOrEqualTo(1_000)));
        }
        assertThat(messages(file)).last().isEqualTo("line 199");
        assertThat(messages(directory.resolve("express.log.1"))).last().isEqualTo("line " + (199 - messages(file).size()));
    }

    @Test
    void restartContinuesTheFile(@TempDir Path directory) throws IOException {
        var file = directory.resolve("express.log");
        for (var start = 0; start < 3; start++) {
            var log = lines(new LogFile(file, 300, 3));
            log.publish(entry("start " + start));
            log.close();
        }

        assertThat(messages(file)).containsExactly("start 2");
        assertThat(messages(directory.resolve("express.log.1"))).containsExactly("start 0", "start 1");
    }

    @Test
    void manyThreadsLoseNoLineAndKeepTheirOwnOrder(@TempDir Path directory) throws IOException {
        var file = directory.resolve("express.log");
        var output = new ByteArrayOutputStream();
        var log = new Lines(new LineWriter(List.of(new StandardOutput(new PrintStream(output, true, StandardCharsets.UTF_8)), new LogFile(
                file, 100_000_000, 3))), new JsonLines());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50)
                    .forEach(thread -> threads.execute(() -> IntStream.range(0, 1_000)
                            .forEach(number -> log.publish(entry(thread + " " + number)))));
        }
        log.close();

        var messages = messages(file);
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
        assertThat(messages).hasSize(50_000).doesNotHaveDuplicates();
        assertThat(messages.stream().filter(message -> message.startsWith("7 "))).containsExactlyElementsOf(IntStream.range(0, 1_000)
                .mapToObj(number -> "7 " + number)
                .toList());
    }

    @Test
    void linesThatNobodyTakesAreLostAndCounted() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var written = new ArrayList<String>();
        var log = new Lines(new LineWriter(List.of(new Sink(lines -> {
            await(stuck);
            lines.forEach(line -> written.add(new String(line, StandardCharsets.UTF_8)));
        }))), new TextLines());
        var begun = System.nanoTime();
        IntStream.range(0, 8_192 * 2 + 1)
                .takeWhile(number -> System.nanoTime() - begun < Duration.ofSeconds(3).toNanos())
                .forEach(number -> log.publish(entry("line " + number)));
        stuck.countDown();
        log.publish(entry("last"));
        log.close();

        assertThat(written).anyMatch(line -> line.endsWith("lines were lost: nobody took them in time\n"));
        assertThat(written).last().asString().endsWith("last\n");
    }

    private record Sink(Consumer<List<byte[]>> writes) implements LineSink {
        @Override
        public void write(List<byte[]> lines) {
            writes.accept(lines);
        }

        @Override
        public void close() {
            // Nothing to give back.
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Lines lines(LineSink sink) {
        return new Lines(new LineWriter(List.of(sink)), new JsonLines());
    }

    private static List<String> messages(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).lines().map(line -> json(line).getString("message")).toList();
    }

    private static LogRecord entry(String message) {
        var entry = new LogRecord(Level.INFO, message);
        entry.setLoggerName("org.claudeagentui.test");
        return entry;
    }

    private static JsonObject json(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
