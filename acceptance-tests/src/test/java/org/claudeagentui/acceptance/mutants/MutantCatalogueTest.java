package org.claudeagentui.acceptance.mutants;

import org.claudeagentui.acceptance.stack.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MutantCatalogueTest {
    private static final int FEWEST = 25;

    static List<Mutant> mutants() {
        return MutantCatalogue.mutants();
    }

    @Test
    void hasEnoughMutantsEachUnderItsOwnNumber() {
        assertThat(mutants()).hasSizeGreaterThanOrEqualTo(FEWEST).extracting(Mutant::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void fitsTheFilesAndNamesTestsOfThePromise(Mutant mutant, @TempDir Path copy) throws IOException {
        copy(mutant.edit().files(), copy);

        mutant.edit().apply(copy);

        assertThat(mutant.tests()).isNotEmpty().allMatch(test -> SelectedTest.named(test).claims(mutant.promise()));
    }

    @Test
    void anEditThatNoLongerFitsSaysSo(@TempDir Path copy) throws IOException {
        copy(List.of("docker-compose.yml"), copy);

        assertThatThrownBy(() -> Edit.service("postgres", "networks: [frontend]", "").apply(copy)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no longer has networks: [frontend]");
        assertThatThrownBy(() -> Edit.replace("docker-compose.yml", "stop_grace_period: 20s", "").apply(copy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than once");
    }

    private static void copy(List<String> files, Path target) throws IOException {
        for (String file : files) {
            Path to = target.resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(Project.locate().root().resolve(file), to);
        }
    }
}
