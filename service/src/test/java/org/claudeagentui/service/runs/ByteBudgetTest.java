package org.claudeagentui.service.runs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget(10);

    @Test
    void letsThoseWaitThatDoNotFitAndGrantsInTheirOrder() {
        var first = budget.take(6);
        var second = budget.take(5);
        var third = budget.take(1);

        assertThat(first.granted()).isCompleted();
        assertThat(second.granted()).isNotDone();
        assertThat(third.granted()).as("would fit, but the second came before").isNotDone();
        first.close();
        assertThat(second.granted()).isCompleted();
        assertThat(third.granted()).isCompleted();
    }

    @Test
    void forgetsOneThatWaitsNoLonger() {
        var first = budget.take(6);
        var second = budget.take(8);
        var third = budget.take(4);
        second.close();

        assertThat(second.granted()).isCancelled();
        assertThat(third.granted()).isCompleted();
        first.close();
        assertThat(budget.take(6).granted()).as("a share that was never granted gives nothing back").isCompleted();
        assertThat(budget.take(1).granted()).isNotDone();
    }

    @Test
    void givesEachShareBackOnce() {
        var first = budget.take(10);
        first.close();
        first.close();

        assertThat(budget.take(10).granted()).isCompleted();
        assertThat(budget.take(1).granted()).isNotDone();
    }

    @Test
    void givesAllItHasToOneThatIsLargerThanThat() {
        assertThat(budget.take(11).granted()).isCompleted();
    }
}
