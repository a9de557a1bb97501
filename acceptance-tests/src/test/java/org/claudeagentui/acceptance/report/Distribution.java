package org.claudeagentui.acceptance.report;

import java.util.stream.DoubleStream;

/** Many measurements of the same thing. */
public final class Distribution {
    private final double[] sorted;

    private Distribution(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of measurements in any order. */
    public static Distribution of(DoubleStream measurements) {
        return new Distribution(measurements.sorted().toArray());
    }

    /** How many there are. */
    public int size() {
        return sorted.length;
    }

    /** The least measurement that so many percent of all do not exceed (nearest rank); 100 gives the largest. No number where there are none. */
    public double percentile(double percent) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(percent * sorted.length / 100) - 1)];
    }
}
