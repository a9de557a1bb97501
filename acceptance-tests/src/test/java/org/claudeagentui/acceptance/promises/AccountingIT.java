package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.ModelScript;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What runs are said to have taken, against what the model said. */
@AcceptanceTest
class AccountingIT {
    // US dollars per million tokens of claude-sonnet-4-5, as the model's maker publishes them: input, cache write, cache read, output.
    private static final List<BigDecimal> PRICES = List.of(new BigDecimal("3"), new BigDecimal("3.75"), new BigDecimal("0.30"),
            new BigDecimal("15"));

    private record Case(String end, boolean last, List<ModelScript> answers) {
        Case(String end, boolean last, ModelScript... answers) {
            this(end, last, List.of(answers));
        }
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("completed", new Case("run.completed", true, script -> script.usage(1200, 300, 4500, 87).text("All well.")));
        cases.put("completed, as counted by the model", new Case("run.completed", true, script -> script.text("One two three four.")));
        cases.put("an answer refused, then one given", new Case("run.completed", true, script -> script.respond(529, Map.of()),
                script -> script.usage(70, 0, 0, 9).text("Now then.")));
        cases.put("broken off before the first token, then whole", new Case("run.completed", false, script -> script.usage(40, 2, 6, 1)
                .messageStart()
                .reset(), script -> script.usage(40, 0, 8, 12).text("Again.")));
        cases.put("failed in the midst", new Case("run.failed", false, script -> script.usage(500, 10, 20, 30).text("Half of").reset()));
        cases.put("failed after the last usage", new Case("run.failed", true, script -> script.usage(500, 10, 20, 30)
                .text("Nearly all")
                .stopReason("end_turn")
                .close()));
        cases.put("failed by an error event", new Case("run.failed", false, script -> script.usage(33, 0, 0, 5)
                .text("So far")
                .error("overloaded_error", "Overloaded")));
        cases.put("refused", new Case("run.failed", true, script -> script.respond(400, Map.of())));
        return cases;
    }

    @Test
    @Promise(value = "RUN-6", part = "completed and failed")
    @Promise(value = "RUN-6", part = "cost")
    void tokensAndCostAreThoseThatTheModelReported(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "each run's tokens equal what the stand-in had reported over all attempts, and are final; or are no more, and called a lower bound, where its"
                        + " last word is missing; the cost is that of these tokens; GET /api/usage gives the agent's sum of all");

        List<List<String>> rows = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{\"model\":\"claude-sonnet-4-5\"}")) {
            RunApi api = runner.api();
            List<JsonNode> runs = new ArrayList<>();
            cases().forEach((name, each) -> {
                String input = runner.scripted(each.answers());
                String id = api.start(runner.agent(), input);
                List<RunEvent> events = api.persistently(id);
                JsonNode run = api.run(id);
                Ledger ledger = Ledger.of(run);
                runs.add(run);
                rows.add(List.of(name, "%s, ledger right, final: %s, cost right".formatted(each.end(), each.last()), "%s, %s, final: %s, %s"
                        .formatted(events.getLast().type(), ledger.judge(runner.asked(input)), ledger.last(), cost(run, ledger)), ledger
                                .toString()));
            });
            Ledger sum = runs.stream().map(Ledger::of).reduce(new Ledger(0, 0, 0, 0, true), Ledger::plus);
            JsonNode usage = Http.get(stack.frontDoor() + "/api/usage?agentId=" + runner.agent()).orThrow().json().path("total");
            rows.add(List.of("all, by GET /api/usage", sum + ", " + runs.size() + " runs, cost right", "%s, %d runs, %s".formatted(Ledger
                    .of(usage), usage.path("runs").asInt(), cost(usage, sum)), ""));
        }
        evidence.table("Runs and what they took", List.of("run", "expected", "observed", "ledger"), rows)
                .observed(rows.size() + " accounts");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private static String cost(JsonNode account, Ledger ledger) {
        BigDecimal cost = PRICES.get(0)
                .multiply(BigDecimal.valueOf(ledger.input()))
                .add(PRICES.get(1).multiply(BigDecimal.valueOf(ledger.cacheCreation())))
                .add(PRICES.get(2).multiply(BigDecimal.valueOf(ledger.cacheRead())))
                .add(PRICES.get(3).multiply(BigDecimal.valueOf(ledger.output())))
                .movePointLeft(6);
        return account.path("costUsd").decimalValue().compareTo(cost) == 0
                ? "cost right"
                : "cost %s instead of %s".formatted(account.path("costUsd"), cost);
    }
}
