package org.claudeagentui.acceptance.faults;

import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.Service;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One fault of one service.
 *
 * @param service whom it befalls
 * @param fault what befalls it
 */
public record Cell(String service, Fault fault) {
    private static final int MOST = 5;

    /** Every fault of every service. */
    public static final List<Cell> ALL = Arrays.stream(Fault.values())
            .flatMap(fault -> Service.ALL.stream().map(service -> new Cell(service, fault)))
            .toList();

    /** Those that this run takes: each service and each fault at least once. */
    public static final Sample<Cell> TAKEN = Sample.covering(ALL, MOST, cell -> Set.of(cell.service, cell.fault));

    /** The fault as people call it. */
    public String faultName() {
        return fault.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return service + " " + faultName();
    }
}
