package org.claudeagentui.acceptance.report;

import org.claudeagentui.acceptance.report.Changes.Slower;
import org.claudeagentui.acceptance.report.Changes.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTest {
    private static final PromiseCatalogue CATALOGUE = PromiseCatalogue.parse("""
            ## AAA — first things
            | AAA-1 | whole | S |
            | AAA-2 | in parts | B |
            """, Map.of("AAA-2", List.of("left", "right")));

    @TempDir
    private Path folder;

    @Test
    void tellsWhatTurnedPartByPart() {
        History before = History.EMPTY.after(report("r1", test("AAA-1", "", Result.PASSED), test("AAA-2", "left", Result.PASSED), test(
                "AAA-2", "right", Result.FAILED)));

        Changes changes = before.compare(report("r2", test("AAA-1", "", Result.NOT_RUN), test("AAA-2", "left", Result.FAILED), test("AAA-2",
                "right", Result.PASSED)));

        assertThat(changes.compared()).isEqualTo(3);
        assertThat(changes.broken()).containsExactly(new Turn("AAA-2", "left", Status.VERIFIED, "r1", "unknown"));
        assertThat(changes.lost()).extracting(Turn::promise).containsExactly("AAA-1");
        assertThat(changes.verified()).extracting(Turn::part).containsExactly("right");
    }

    @Test
    void aRunOfAFewTestsForgetsNothing() {
        History before = History.EMPTY.after(report("r1", test("AAA-1", "", Result.PASSED)))
                .after(report("r2", test("AAA-2", "left", Result.PASSED)));

        Changes changes = before.compare(report("r3", test("AAA-1", "", Result.FAILED)));

        assertThat(changes.broken()).containsExactly(new Turn("AAA-1", "", Status.VERIFIED, "r1", "unknown"));
        assertThat(changes.lost()).isEmpty();
    }

    @Test
    void whatIsStillBrokenIsNotNew() {
        History before = History.EMPTY.after(report("r1", test("AAA-1", "", Result.FAILED)));

        assertThat(before.compare(report("r2", test("AAA-1", "", Result.FAILED))).any()).isFalse();
    }

    @Test
    void slowerIsBeyondTheSlowestOfTheLastRuns() {
        History before = History.EMPTY;
        for (double seconds : List.of(8.0, 10.0, 9.0)) {
            before = before.after(report("r", timed(seconds, "s")));
        }

        assertThat(before.compare(report("r", timed(12.4, "s"))).slower()).isEmpty();
        assertThat(before.compare(report("r", timed(12.6, "s"))).slower()).containsExactly(new Slower("OneIT.timed", "start", 10, 12.6,
                "s"));
    }

    @Test
    void noiseIsNotSlower() {
        assertThat(History.EMPTY.after(report("r", timed(5, "ms"))).compare(report("r", timed(20, "ms"))).slower()).isEmpty();
        assertThat(History.EMPTY.after(report("r", timed(100, "rows"))).compare(report("r", timed(1000, "rows"))).slower()).isEmpty();
        assertThat(History.EMPTY.compare(report("r", timed(1000, "s"))).slower()).isEmpty();
    }

    @Test
    void aRunWhoseEnvironmentFailedChangesNothing() {
        History before = History.EMPTY.after(report("r1", test("AAA-1", "", Result.PASSED)));
        AcceptanceReport failed = Assessment.assess(CATALOGUE, new SuiteRun(List.of(test("AAA-1", "", Result.NOT_RUN)), Set.of(), List.of(),
                Optional.of("no engine"), Map.of(), Pictures.NONE));

        assertThat(before.after(failed)).isEqualTo(before);
        assertThat(before.compare(failed)).isEqualTo(Changes.NONE);
    }

    @Test
    void theFolderKeepsItFromRunToRun() throws IOException {
        Path history = folder.resolve("kept/history.json");
        ReportFolder reports = ReportFolder.at(folder.resolve("report"), Optional.of(history));

        reports.write(report("r1", test("AAA-1", "", Result.PASSED), timed(1, "s")));
        reports.write(report("r2", test("AAA-1", "", Result.FAILED), timed(3, "s")));

        assertThat(folder.resolve("report")).isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/report.md")
                .isDirectoryContaining("glob:**/report.json")
                .isDirectoryContaining("glob:**/junit.xml");
        assertThat(folder.resolve("report/summary.txt")).content()
                .startsWith("Acceptance: broken")
                .contains("newly broken  AAA-1", "slower");
        assertThat(Files.readString(history)).contains("\"r2\"");
    }

    @Test
    void aRecordThatCannotBeReadCostsNoReport() throws IOException {
        Path history = Files.writeString(folder.resolve("history.json"), "{");

        ReportFolder.at(folder.resolve("report"), Optional.of(history)).write(report("r1", test("AAA-1", "", Result.PASSED)));

        assertThat(folder.resolve("report/summary.txt")).exists();
        assertThat(History.read(history).parts()).containsKey("AAA-1");
    }

    private static AcceptanceReport report(String revision, TestOutcome... tests) {
        return Assessment.assess(CATALOGUE, new SuiteRun(List.of(tests), Set.of(), List.of(), Optional.empty(), Map.of("revision",
                revision), Pictures.NONE));
    }

    private static TestOutcome timed(double value, String unit) {
        return new TestOutcome("OneIT.timed", List.of(), Result.PASSED, "", 0, new Evidence().figure("start", value, unit).findings(), "",
                List.of());
    }

    private static TestOutcome test(String id, String part, Result result) {
        return new TestOutcome("OneIT." + part, List.of(new Claim(id, part)), result, "because", 0, Findings.NONE, "", List.of());
    }
}
