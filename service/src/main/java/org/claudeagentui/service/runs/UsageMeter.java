package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.ModelFailure;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.claude.UsageUpdate;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/** Adds up what the model counts, over all that a run asks of it, and what that costs. */
final class UsageMeter {

    private final Function<TokenUsage, Optional<BigDecimal>> prices;
    private RunUsage before;
    private TokenUsage current = TokenUsage.NONE;
    private boolean complete = true;

    /**
     * Goes on from what was counted before.
     *
     * @param prices what so many tokens cost, in US dollars; nothing where that is not known
     */
    UsageMeter(RunUsage before, Function<TokenUsage, Optional<BigDecimal>> prices) {
        this.before = before;
        this.prices = prices;
    }

    /** The model is asked: from now on it may count. */
    void begin() {
        before = total();
        current = TokenUsage.NONE;
        complete = false;
    }

    /** The model counted. */
    void count(UsageUpdate update) {
        current = update.applyTo(current);
    }

    /** The model counted for the last time. */
    void countLast(UsageUpdate update) {
        count(update);
        complete = true;
    }

    /** The model gave no answer: what it turned away it did not count. */
    void failed(ModelFailure failure) {
        complete |= current.equals(TokenUsage.NONE) && switch (failure) {
            case ModelFailure.RateLimited _,ModelFailure.Overloaded _,ModelFailure.ServerError _,ModelFailure.InvalidRequest _,ModelFailure.Refused _ ->
                true;
            case ModelFailure.TimedOut _,ModelFailure.ConnectionFailed _,ModelFailure.ProtocolViolated _ -> false;
        };
    }

    RunUsage total() {
        return before.plus(new RunUsage(current, complete));
    }

    /** What the total costs, in US dollars; nothing where the price is not known. */
    Optional<BigDecimal> cost() {
        return prices.apply(total().tokens());
    }
}
