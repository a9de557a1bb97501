package org.claudeagentui.acceptance.mutants;

import org.claudeagentui.acceptance.stack.Project;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applies each mutant to a copy of the checkout and runs the tests that it concerns: the suite has to call the promise
 * broken that the mutant violates. Before that the same tests run on an unchanged copy, since a test that is always red
 * would notice anything. {@code -Dmutants=M04,M11} takes some of them.
 */
class TopologyMutants {
    private static final int LONGEST_REASON = 160;
    private static final List<String> ROWS = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> theSuiteNotices(@TempDir Path folder) {
        List<String> wanted = Arrays.stream(System.getProperty("mutants", "").split(",")).filter(id -> !id.isBlank()).toList();
        List<Mutant> mutants = MutantCatalogue.mutants()
                .stream()
                .filter(mutant -> wanted.isEmpty() || wanted.contains(mutant.id()))
                .toList();
        return Stream.concat(Stream.of(DynamicTest.dynamicTest("unchanged", () -> staysGreen(folder, mutants))),
                mutants.stream().map(mutant -> DynamicTest.dynamicTest(mutant.toString(), () -> isNoticed(folder, mutant))));
    }

    private static void staysGreen(Path folder, List<Mutant> mutants) throws IOException {
        SuiteRun run = run(folder, "unchanged", Edit.nothing(), mutants.stream()
                .flatMap(mutant -> mutant.tests().stream())
                .distinct()
                .toList());

        for (String promise : mutants.stream().map(Mutant::promise).distinct().toList()) {
            assertThat(run.status(promise)).as(promise + ": " + run.reason(promise)).isNotEqualTo("broken");
        }
        assertThat(run.judged()).as("the shared stack booted").isTrue();
    }

    private static void isNoticed(Path folder, Mutant mutant) throws IOException {
        Instant began = Instant.now();
        SuiteRun run = run(folder, mutant.id(), mutant.edit(), mutant.tests());
        boolean killed = run.status(mutant.promise()).equals("broken") && run.judged();
        String reason = run.reason(mutant.promise()).replaceAll("\\s+", " ").replace("|", "\\|");
        ROWS.add("| %s | %s | %s | %s | %d s | %s |".formatted(mutant.id(), mutant.what(), mutant.promise(), killed ? "killed" : "SURVIVED",
                Duration.between(began, Instant.now()).toSeconds(), reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));

        assertThat(killed).as("%s is called %s; verdict %s, shared stack judged: %s: %s", mutant.promise(), run.status(mutant.promise()),
                run
                        .verdict(), run.judged(), reason)
                .isTrue();
    }

    private static SuiteRun run(Path folder, String id, Edit edit, List<String> tests) throws IOException {
        Path checkout = folder.resolve(id);
        Project.locate().copyTo(checkout);
        edit.apply(checkout);
        return SuiteRun.of(checkout, reports().resolve(id), tests.stream().map(SelectedTest::named).toList());
    }

    private static Path reports() {
        return Path.of(System.getProperty("acceptance.report", "target/mutants"));
    }

    @AfterAll
    static void writeTable() throws IOException {
        StringBuilder page = new StringBuilder("# Mutants of the topology\n\n");
        page.append(ROWS.stream().filter(row -> row.contains("| killed |")).count())
                .append(" killed of ")
                .append(ROWS.size())
                .append(".\n\n| id | edit | promise | outcome | time | what the suite said |\n|---|---|---|---|---|---|\n");
        ROWS.forEach(row -> page.append(row).append('\n'));
        page.append("\nEquivalent, and so not run:\n\n");
        MutantCatalogue.equivalents()
                .forEach(mutant -> page.append("- %s, %s: %s\n".formatted(mutant.id(), mutant.what(), mutant.reason())));
        Files.createDirectories(reports());
        Path file = Files.writeString(reports().resolve("mutants.md"), page);
        System.out.println("\n" + page + "\n  mutants       " + file);
    }
}
