package org.claudeagentui.acceptance.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.claudeagentui.acceptance.stack.Browser;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.remote.RemoteWebDriver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What windows that log were doing, each time since it was last asked. */
public final class WindowLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MICROS = 1000;
    private static final Duration TRACED_WITHIN = Duration.ofSeconds(60);

    private WindowLog() {
    }

    /**
     * A task of a page's main thread, during which the page answers to nobody.
     *
     * @param wallMillis how long it took, the time included that other programs had the processor
     * @param cpuMillis how long it was at work
     */
    public record Task(double wallMillis, double cpuMillis) {}

    /** The addresses that a {@linkplain Browser#openLogging() window} asked for, those that a policy kept it from included. */
    public static List<String> requests(RemoteWebDriver window) {
        return messages(window, "Network.requestWillBeSent").stream().map(parameters -> parameters.at("/request/url").asText()).toList();
    }

    /** What the console of a {@linkplain Browser#openLogging() window} was told. */
    public static List<String> console(RemoteWebDriver window) {
        return entries(window, "browser").stream().map(LogEntry::getMessage).toList();
    }

    /**
     * The tasks of the main thread of each page in a {@linkplain Browser#openTracing() window} while something went on there. What
     * was traced comes late and in pieces, so that it is read until it has the mark that stands at the end.
     */
    public static List<Task> tasksWhile(RemoteWebDriver window, Runnable going) {
        String begin = mark(window);
        going.run();
        String end = mark(window);
        List<JsonNode> traced = new ArrayList<>();
        double last = Awaitility.await("a trace to its end").atMost(TRACED_WITHIN).pollDelay(Duration.ZERO).until(() -> {
            traced.addAll(messages(window, "Tracing.dataCollected"));
            return moment(traced, end);
        }, OptionalDouble::isPresent).orElseThrow();
        double first = moment(traced, begin).orElseThrow(() -> new IllegalStateException("The trace has lost its beginning"));
        Set<String> mainThreads = traced.stream()
                .filter(event -> event.path("name").asText().equals("thread_name"))
                .filter(event -> event.at("/args/name").asText().equals("CrRendererMain"))
                .map(WindowLog::thread)
                .collect(Collectors.toSet());
        return traced.stream()
                .filter(event -> event.path("name").asText().equals("ThreadControllerImpl::RunTask") && mainThreads.contains(thread(event)))
                .filter(event -> event.path("ts").asDouble() >= first && event.path("ts").asDouble() <= last)
                .map(event -> new Task(event.path("dur").asDouble() / MICROS, event.path("tdur").asDouble() / MICROS))
                .toList();
    }

    private static String mark(RemoteWebDriver window) {
        String name = "mark-" + UUID.randomUUID();
        window.executeScript("performance.mark(arguments[0])", name);
        return name;
    }

    private static OptionalDouble moment(List<JsonNode> traced, String mark) {
        return traced.stream()
                .filter(event -> event.path("name").asText().equals(mark))
                .mapToDouble(event -> event.path("ts").asDouble())
                .findFirst();
    }

    private static String thread(JsonNode event) {
        return event.path("pid").asText() + "/" + event.path("tid").asText();
    }

    private static List<JsonNode> messages(RemoteWebDriver window, String method) {
        return entries(window, "performance").stream()
                .map(WindowLog::message)
                .filter(message -> message.path("method").asText().equals(method))
                .map(message -> message.path("params"))
                .toList();
    }

    private static List<LogEntry> entries(RemoteWebDriver window, String kind) {
        return StreamSupport.stream(window.manage().logs().get(kind).spliterator(), false).toList();
    }

    private static JsonNode message(LogEntry entry) {
        try {
            return JSON.readTree(entry.getMessage()).path("message");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not what Chromium logs: " + entry.getMessage(), e);
        }
    }
}
