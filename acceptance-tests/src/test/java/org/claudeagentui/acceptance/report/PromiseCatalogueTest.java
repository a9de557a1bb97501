package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromiseCatalogueTest {
    private final PromiseCatalogue catalogue = PromiseCatalogue.load();

    @Test
    void holdsEveryRowOfTheTableInItsOrder() {
        assertThat(catalogue.promises()).hasSize(73)
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
        PromiseCatalogue small = PromiseCatalogue.parse("| ABC-1 | one, two. | S/B |\n| id | promise | from |\n", Map.of("ABC-1", List.of(
                "a", "b")));

        assertThat(small.promises()).containsExactly(new CataloguePromise("ABC-1", "one, two.", List.of("a", "b")));
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
    void everyTestClaimsWhatTheCatalogueHas() throws Exception {
        List<String> objections = new ArrayList<>();
        for (Class<?> tests : promiseTests()) {
            Stream.of(tests.getDeclaredMethods())
                    .forEach(method -> Stream.of(method.getAnnotationsByType(Promise.class))
                            .forEach(
                                    promise -> catalogue.objection(promise.value(), promise.part())
                                            .ifPresent(objection -> objections.add(method.getName() + ": " + objection))));
        }

        assertThat(objections).isEmpty();
    }

    private static List<Class<?>> promiseTests() throws IOException, ClassNotFoundException {
        Path classes = Path.of("target/test-classes/org/claudeagentui/acceptance/promises");
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith("IT.class")).toList()) {
                found.add(Class.forName("org.claudeagentui.acceptance.promises." + file.getFileName().toString().replace(".class", "")));
            }
        }
        return found;
    }
}
