package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class AssessmentTest {
    private static final PromiseCatalogue CATALOGUE = PromiseCatalogue.parse("""
            | AAA-1 | whole | S |
            | AAA-2 | in parts | B |
            | AAA-3 | nobody tests it | B |
            | AAA-4 | tested by a test that does not run | B |
            """, Map.of("AAA-2", List.of("left", "right")));

    private static final Set<Claim> ELSEWHERE = Set.of(new Claim("AAA-4", ""));

    @Test
    void tellsWhatThisRunLeftOutFromWhatNobodyTests() {
        PromiseReport promise = assess(passed("One.a", "AAA-1", "")).promises().getLast();

        assertThat(promise.status()).isEqualTo(Status.NOT_VERIFIED);
        assertThat(promise.reason()).isEqualTo("not part of this run");
    }

    @Test
    void listsEveryPromiseAndSaysWhichHaveNoTest() {
        AcceptanceReport report = assess(passed("One.test", "AAA-1", ""));

        assertThat(report.promises()).extracting(PromiseReport::id).containsExactly("AAA-1", "AAA-2", "AAA-3", "AAA-4");
        assertThat(report.promises()).extracting(PromiseReport::status)
                .containsExactly(Status.VERIFIED, Status.NOT_VERIFIED, Status.NOT_VERIFIED, Status.NOT_VERIFIED);
        assertThat(report.promises().get(2).reason()).isEqualTo("no test proves it yet");
        assertThat(report.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void verifiesAPromiseOnlyWhenEachOfItsPartsIs() {
        PromiseReport half = assess(passed("Two.left", "AAA-2", "left")).promises().get(1);
        PromiseReport full = assess(passed("Two.left", "AAA-2", "left"), passed("Two.right", "AAA-2", "right")).promises().get(1);

        assertThat(half.status()).isEqualTo(Status.NOT_VERIFIED);
        assertThat(half.reason()).isEqualTo("part \"right\": no test proves it yet");
        assertThat(full.status()).isEqualTo(Status.VERIFIED);
        assertThat(half.parts()).extracting(PartReport::status).containsExactly(Status.VERIFIED, Status.NOT_VERIFIED);
        assertThat(full.parts()).extracting(PartReport::name).containsExactly("left", "right");
        assertThat(full.tests()).containsExactly("Two.left", "Two.right");
    }

    @Test
    void oneFailureBreaksAPromiseWhateverElsePassed() {
        AcceptanceReport report = assess(passed("One.a", "AAA-1", ""), outcome("One.b", Result.FAILED, "port open", "AAA-1", ""));

        assertThat(report.promises().getFirst().status()).isEqualTo(Status.BROKEN);
        assertThat(report.promises().getFirst().reason()).isEqualTo("One.b: port open");
        assertThat(report.verdict()).isEqualTo(Verdict.BROKEN);
    }

    @Test
    void aTestThatDidNotRunProvesNothing() {
        PromiseReport promise = assess(outcome("One.a", Result.NOT_RUN, "no registry to compare with", "AAA-1", "")).promises().getFirst();

        assertThat(promise.status()).isEqualTo(Status.NOT_VERIFIED);
        assertThat(promise.reason()).isEqualTo("One.a did not run: no registry to compare with");
    }

    @Test
    void failuresOutsideAnyPromiseBreakTheWhole() {
        AcceptanceReport report = Assessment.assess(CATALOGUE, new SuiteRun(allPassed(), Set.of(), List.of(
                "suite: a container was touched"),
                Optional.empty(), Map.of(), Pictures.NONE));

        assertThat(report.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(report.reason()).isEqualTo("suite: a container was touched");
    }

    @Test
    void anEnvironmentFailureIsItsOwnVerdict() {
        AcceptanceReport report = Assessment.assess(CATALOGUE, new SuiteRun(List.of(outcome("One.a", Result.NOT_RUN, "no engine", "AAA-1",
                "")), Set.of(), List.of(), Optional.of("no engine"), Map.of(), Pictures.NONE));

        assertThat(report.verdict()).isEqualTo(Verdict.ENVIRONMENT_FAILED);
        assertThat(report.reason()).isEqualTo("no engine");
        assertThat(report.promises()).extracting(PromiseReport::status).containsOnly(Status.NOT_VERIFIED);
    }

    private static List<TestOutcome> allPassed() {
        return List.of(passed("a", "AAA-1", ""), passed("b", "AAA-2", "left"), passed("c", "AAA-2", "right"), passed("d", "AAA-3", ""),
                passed(
                        "e", "AAA-4", ""));
    }

    private static AcceptanceReport assess(TestOutcome... outcomes) {
        return Assessment.assess(CATALOGUE, new SuiteRun(List.of(outcomes), ELSEWHERE, List.of(), Optional.empty(), Map.of(),
                Pictures.NONE));
    }

    private static TestOutcome passed(String test, String id, String part) {
        return outcome(test, Result.PASSED, "", id, part);
    }

    private static TestOutcome outcome(String test, Result result, String reason, String id, String part) {
        return new TestOutcome(test, List.of(new Claim(id, part)), result, reason, 0, Findings.NONE, "", List.of());
    }
}
