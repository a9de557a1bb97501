package org.claudeagentui.service.runs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears how runs stand, if it is there, and doesn't mind being told twice. */
final class FakeRecipient implements RunRecipient {
    private final RunOrigin.Kind kind;
    private final List<RunReport> reports = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean refusing;

    FakeRecipient(RunOrigin.Kind kind) {
        this.kind = kind;
    }

    void isAway(boolean now) {
        away = now;
    }

    void refuses() {
        refusing = true;
    }

    List<RunReport> reports() {
        return List.copyOf(reports);
    }

    Optional<RunReport> end(Run run) {
        return reports.stream().filter(report -> report.run().id().equals(run.id()) && report.outcome().isPresent()).findFirst();
    }

    @Override
    public RunOrigin.Kind kind() {
        return kind;
    }

    @Override
    public void tell(RunReport report) throws Refused {
        if (away) {
            throw new IllegalStateException("away");
        }
        if (refusing) {
            throw new Refused("no", new IllegalStateException("really not"));
        }
        reports.add(report);
    }
}
