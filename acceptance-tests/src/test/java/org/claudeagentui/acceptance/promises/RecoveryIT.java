package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.faults.Cell;
import org.claudeagentui.acceptance.faults.Fault;
import org.claudeagentui.acceptance.faults.FaultTable;
import org.claudeagentui.acceptance.faults.FaultTableExtension;
import org.claudeagentui.acceptance.faults.Healing;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
@ExtendWith(FaultTableExtension.class)
class RecoveryIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    static Stream<String> terminatedServices() {
        return services(Fault.TERMINATED);
    }

    @ParameterizedTest
    @MethodSource("terminatedServices")
    @Breaks
    @Promise(value = "TOP-2", part = "terminated")
    void terminated(String service, ComposeStack stack, FaultTable table, Evidence evidence) {
        provesHealing(stack, new Cell(service, Fault.TERMINATED), table, evidence);
    }

    static Stream<String> killedServices() {
        return services(Fault.KILLED);
    }

    @ParameterizedTest
    @MethodSource("killedServices")
    @Breaks
    @Promise(value = "TOP-2", part = "killed")
    void killed(String service, ComposeStack stack, FaultTable table, Evidence evidence) {
        provesHealing(stack, new Cell(service, Fault.KILLED), table, evidence);
    }

    static Stream<String> pausedServices() {
        return services(Fault.PAUSED);
    }

    @ParameterizedTest
    @MethodSource("pausedServices")
    @Breaks
    @Promise(value = "TOP-2", part = "paused")
    void paused(String service, ComposeStack stack, FaultTable table, Evidence evidence) {
        provesHealing(stack, new Cell(service, Fault.PAUSED), table, evidence);
    }

    static Stream<String> disconnectedServices() {
        return services(Fault.DISCONNECTED);
    }

    @ParameterizedTest
    @MethodSource("disconnectedServices")
    @Breaks
    @Promise(value = "TOP-2", part = "disconnected")
    void disconnected(String service, ComposeStack stack, FaultTable table, Evidence evidence) {
        provesHealing(stack, new Cell(service, Fault.DISCONNECTED), table, evidence);
    }

    static Stream<String> movedServices() {
        return services(Fault.MOVED);
    }

    @ParameterizedTest
    @MethodSource("movedServices")
    @Breaks
    @Promise(value = "TOP-2", part = "at a new address")
    void moved(String service, ComposeStack stack, FaultTable table, Evidence evidence) {
        provesHealing(stack, new Cell(service, Fault.MOVED), table, evidence);
    }

    private static Stream<String> services(Fault fault) {
        return Cell.TAKEN.chosen().stream().filter(cell -> cell.fault() == fault).map(Cell::service);
    }

    private static void provesHealing(ComposeStack stack, Cell cell, FaultTable table, Evidence evidence) {
        evidence.expected(cell + ": within " + LIMIT.toSeconds() + " s of it, or of its end where it lasts, " + cell.service()
                + " is healthy and the whole stack answers through the front door, without a human, and without a restart of another"
                + " service");

        Healing healing = Healing.of(stack, cell);
        table.add(healing);
        List<String> othersStarted = healing.events()
                .stream()
                .filter(event -> event.action().equals(EngineEvent.START) && !event.service().equals(cell.service()))
                .map(EngineEvent::service)
                .toList();
        evidence.observed(healing.describe() + "; others started anew: " + othersStarted + "; taken: " + Cell.TAKEN.describe());
        evidence.figure(cell + ", whole again after", healing.after().toMillis(), "ms");

        assertThat(healing.complaints()).isEmpty();
        assertThat(healing.after()).isLessThanOrEqualTo(LIMIT);
        assertThat(othersStarted).isEmpty();
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "killed")
    void postgresComesBackWhereAnotherProcessHasTheNumberInItsLockFile(ComposeStack stack, Evidence evidence) {
        evidence.expected("killed with its container, postgres leaves a lock file; with the number of a living process in it, the next"
                + " container's server starts all the same");

        stack.remove(Service.POSTGRES);
        String left = stack.engine()
                .helpers()
                .runBeside(List.of(stack.name() + "-postgres-data:/data"), List.of("sed", "-i", "-e", "1w /dev/stdout", "-e", "1s/.*/1/",
                        "/data/pgdata/postmaster.pid"))
                .orThrow();
        stack.recreate(Service.POSTGRES);
        evidence.observed("left behind by process " + left + ", changed to that of the container's init; postgres healthy");

        assertThat(left).matches("[0-9]+");
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "killed")
    void aSecondServerIsKeptOffTheData(ComposeStack stack, Evidence evidence) {
        evidence.expected("while postgres runs, a second server on its volume is refused, saying why");

        CommandResult second = stack.compose("run", "--rm", "--no-deps", "-T", Service.POSTGRES, "postgres");
        evidence.observed("exit code " + second.exitCode() + ": " + second.lastLines(2));

        assertThat(second.exitCode()).isEqualTo(78);
        assertThat(second.text()).contains("another server is at work on this data volume");
        assertThat(stack.isHealthy(Service.POSTGRES)).isTrue();
    }
}
