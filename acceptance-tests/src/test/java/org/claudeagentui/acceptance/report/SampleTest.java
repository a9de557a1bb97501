package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SampleTest {
    private static final List<Integer> CASES = IntStream.range(0, 20).boxed().toList();

    @Test
    void theSameSeedChoosesTheSameCasesInTheCataloguesOrder() {
        Sample<Integer> sample = Sample.of(CASES, 5, 7);

        assertThat(sample).isEqualTo(Sample.of(CASES, 5, 7));
        assertThat(sample.chosen()).hasSize(5).isSorted().doesNotHaveDuplicates();
        assertThat(sample.describe()).isEqualTo("5 of 20, seed 7");
    }

    @Test
    void otherSeedsReachEveryCase() {
        assertThat(IntStream.range(0, 100).boxed().flatMap(seed -> Sample.of(CASES, 5, seed).chosen().stream()).distinct())
                .containsExactlyInAnyOrderElementsOf(CASES);
    }

    @Test
    void whereAFewCanShowEveryAspectTheyDo() {
        for (long seed = 0; seed < 50; seed++) {
            Sample<Integer> sample = Sample.covering(CASES, 6, each -> Set.of("column " + each % 4, "row " + each / 4), seed);

            assertThat(sample.chosen()).hasSize(6);
            assertThat(sample.chosen().stream().map(each -> each % 4)).contains(0, 1, 2, 3);
            assertThat(sample.chosen().stream().map(each -> each / 4)).contains(0, 1, 2, 3, 4);
        }
    }

    @Test
    void aSampleOfAllSaysSo() {
        assertThat(Sample.of(CASES, 20, 7).chosen()).isEqualTo(CASES);
        assertThat(Sample.of(CASES, 20, 7).describe()).isEqualTo("all 20");
    }
}
