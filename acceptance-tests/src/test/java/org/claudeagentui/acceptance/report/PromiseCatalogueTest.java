package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromiseCatalogueTest {
    private final PromiseCatalogue catalogue = PromiseCatalogue.load();

    @Test
    void holdsEveryRowOfTheTableInItsOrder() {
        assertThat(catalogue.promises()).hasSize(74)
                .extracting(CataloguePromise::id)
                .startsWith("TOP-1", "TOP-2")
                .endsWith("OPS-5", "OPS-6");
        assertThat(catalogue.find("TOP-8")).get()
                .extracting(CataloguePromise::text)
                .isEqualTo(
                        "The whole stack builds and boots on a machine that reaches no container registry, from Debian, npm and Maven packages alone.");
    }

    @Test
    void keepsPipesInsideATextOutOfTheColumns() {
        PromiseCatalogue small = PromiseCatalogue.parse("## ABC — letters\n| ABC-1 | one, two. | S/B |\n| id | promise | from |\n", Map.of(
                "ABC-1", List.of(
                        "a", "b")));

        assertThat(small.promises()).containsExactly(new CataloguePromise("ABC-1", "ABC — letters", "one, two.", List.of("a", "b")));
    }

    @Test
    void refusesAnIdTwiceAndPartsOfNothing() {
        assertThatThrownBy(() -> PromiseCatalogue.parse("| ABC-1 | x | S |\n| ABC-1 | y | S |\n", Map.of())).hasMessageContaining(
                "ABC-1 twice");
        assertThatThrownBy(() -> PromiseCatalogue.parse("| ABC-1 | x | S |\n", Map.of("ABC-2", List.of("a")))).hasMessageContaining(
                "ABC-2");
    }

    @Test
    void knowsWhatATestMayClaim() {
        assertThat(catalogue.objection("STA-1", "")).isEmpty();
        assertThat(catalogue.objection("STA-2", "cold")).isEmpty();
        assertThat(catalogue.objection("STA-2", "")).get().asString().contains("declares no part");
        assertThat(catalogue.objection("STA-1", "cold")).get().asString().contains("no parts");
        assertThat(catalogue.objection("STA-99", "")).get().asString().contains("not in the catalogue");
    }

    @Test
    void everyTestClaimsWhatTheCatalogueHas() {
        List<String> objections = new ArrayList<>();
        PromiseTests.all()
                .forEach((claim, tests) -> catalogue.objection(claim.id(), claim.part())
                        .ifPresent(objection -> objections.add(tests + ": " + objection)));

        assertThat(objections).isEmpty();
    }
}
