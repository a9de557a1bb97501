package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PromiseFilterTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"NET;NET-1;true", "NET;NET-10;true", "NET-1;NET-10;false", "NET,STA-1;STA-1;true",
        "NET, STA-1;STA-1;true", "NET,STA-1;STA-2;false", "NE;NET-1;false"})
    void takesFamiliesAndIds(String only, String promise, boolean taken) {
        assertThat(new PromiseFilter(only).takes(promise)).isEqualTo(taken);
    }

    @Test
    void theTestsOfTheSuiteAreKnownWhetherTheyRunOrNot() {
        assertThat(PromiseTests.all()).containsKey(new Claim("STA-1", ""));
        assertThat(PromiseTests.claimedOnlyBeside(Set.of())).contains(new Claim("NET-1", ""));
        assertThat(PromiseTests.claimedOnlyBeside(Set.of("NetworkIT.twoBridgesWithExactlyTheirMembers"))).doesNotContain(new Claim("NET-1",
                "")).contains(new Claim("STA-1", ""));
    }
}
