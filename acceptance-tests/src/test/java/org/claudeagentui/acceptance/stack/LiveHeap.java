package org.claudeagentui.acceptance.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a Java process still refers to, counted right after a full collection that the counting itself brings about.
 *
 * @param bytes of all objects of a class, by the class's name
 */
public record LiveHeap(Map<String, Long> bytes) {
    private static final double MIB = 1 << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
    // What the collector fills gaps with: it belongs to nobody.
    private static final String FILLER = "FillerElement";

    /** Copies the counts. */
    public LiveHeap {
        bytes = Map.copyOf(bytes);
    }

    static LiveHeap of(long process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return parse(CommandLine.run(Path.of("/"), Map.of(), DEADLINE, List.of(jcmd.toString(), String.valueOf(process),
                "GC.class_histogram")).orThrow().out());
    }

    static LiveHeap parse(String histogram) {
        Map<String, Long> bytes = histogram.lines()
                .map(LINE::matcher)
                .filter(line -> line.matches() && !line.group(2).contains(FILLER))
                .collect(Collectors.toMap(line -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum));
        if (bytes.isEmpty()) {
            throw new IllegalStateException("jcmd gave no histogram: " + histogram);
        }
        return new LiveHeap(bytes);
    }

    /** All objects together, in MiB. */
    public double mebibytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum() / MIB;
    }

    /** The classes that grew most since an earlier count, for whoever looks for a leak. */
    public String growth(LiveHeap since, int classes) {
        return bytes.entrySet()
                .stream()
                .map(held -> Map.entry(held.getKey(), held.getValue() - since.bytes.getOrDefault(held.getKey(), 0L)))
                .filter(grown -> grown.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(classes)
                .map(grown -> String.format(Locale.ROOT, "%s +%.1f KiB", grown.getKey(), grown.getValue() / 1024.0))
                .collect(Collectors.joining(", "));
    }
}
