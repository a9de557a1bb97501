package org.claudeagentui.service.claude;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PricesTest {

    private static final Prices PRICES = Prices.parse("claude-opus-4=15/75, claude-opus-4-5=5/25");
    private static final TokenUsage MILLION_EACH = new TokenUsage(1_000_000, 1_000_000, 1_000_000, 1_000_000);

    @Test
    void addsUpWhatEachKindOfTokenCosts() {
        // 5 + 25 + 1.25 * 5 + 0.1 * 5
        assertThat(PRICES.cost("claude-opus-4-5-20251101", MILLION_EACH)).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(
                "36.75"));
        assertThat(PRICES.cost("claude-opus-4-5", new TokenUsage(1, 0, 0, 0)))
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.000005"));
    }

    @Test
    void takesTheLongestBeginningOfTheModelsName() {
        assertThat(PRICES.cost("claude-opus-4-1", new TokenUsage(1_000_000, 0, 0, 0)))
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(new BigDecimal(15)));
    }

    @Test
    void knowsNoPriceForAnUnknownModel() {
        assertThat(PRICES.cost("gpt", MILLION_EACH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "claude", "claude=1", "claude=1/x", "claude=-1/2", "=1/2", "claude=1/2,", "claude=1/2/3"})
    void refusesATableThatMakesNoSense(String table) {
        assertThatThrownBy(() -> Prices.parse(table)).isInstanceOf(IllegalArgumentException.class);
    }
}
