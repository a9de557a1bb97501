package org.claudeagentui.acceptance.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What wrk measured.
 *
 * @param rate requests a second
 * @param median milliseconds that half of the requests did not exceed
 * @param p99 milliseconds that 99 % of the requests did not exceed
 * @param errors answers of other statuses than 2xx and 3xx, and connections that failed
 */
record Load(double rate, double median, double p99, long errors) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("(?m)^\\s+(50|99)%\\s+([0-9.]+)(us|ms|s|m)\\s*$");
    private static final Pattern ERRORS = Pattern.compile(
            "Non-2xx or 3xx responses: (\\d+)|Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    static Load parse(String output) {
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("Not what wrk prints: " + output);
        }
        return new Load(Double.parseDouble(rate.group(1)), latency(output, "50"), latency(output, "99"), errors(output));
    }

    private static double latency(String output, String percentile) {
        return LATENCY.matcher(output)
                .results()
                .filter(result -> result.group(1).equals(percentile))
                .mapToDouble(result -> Double.parseDouble(result.group(2)) * milliseconds(result.group(3)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Not what wrk prints: " + output));
    }

    private static double milliseconds(String unit) {
        return switch (unit) {
            case "us" -> 0.001;
            case "ms" -> 1;
            case "s" -> 1_000;
            default -> 60_000;
        };
    }

    private static long errors(String output) {
        return ERRORS.matcher(output)
                .results()
                .flatMapToLong(result -> IntStream.rangeClosed(1, result.groupCount())
                        .filter(group -> result.group(group) != null)
                        .mapToLong(group -> Long.parseLong(result.group(group))))
                .sum();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f requests/s, p50 %.2f ms, p99 %.2f ms, %d errors", rate, median, p99, errors);
    }
}
