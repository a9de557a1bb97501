package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.claudeagentui.service.web.Jsons;

import java.math.BigDecimal;
import java.util.List;

/** Usage as clients see it: the shares, and their sum. */
final class UsageJson {

    private UsageJson() {
    }

    static JsonObject of(UsageQuery query, List<UsageShare> shares) {
        var data = Jsons.PROVIDER.createArrayBuilder();
        shares.forEach(share -> data.add(share(share)));
        return Jsons.PROVIDER.createObjectBuilder()
                .add("data", data)
                .add("total", total(shares))
                .add("meta", Jsons.PROVIDER.createObjectBuilder().add("from", query.from().toString()).add("to", query.to().toString()))
                .build();
    }

    private static JsonObjectBuilder share(UsageShare share) {
        JsonObjectBuilder json = amounts(share.runs(), share.usage(), share.unpriced())
                .add("day", share.day().toString())
                .add("agentId", share.agentId())
                .add("agentName", share.agentName());
        share.user().ifPresent(user -> json.add("userId", user.id()).add("userName", user.name()));
        return json.addAll(cost(share.costUsd().stream().toList()));
    }

    private static JsonObjectBuilder total(List<UsageShare> shares) {
        long runs = shares.stream().mapToLong(UsageShare::runs).sum();
        long unpriced = shares.stream().mapToLong(UsageShare::unpriced).sum();
        RunUsage usage = shares.stream().map(UsageShare::usage).reduce(RunUsage.NONE, RunUsage::plus);
        return amounts(runs, usage, unpriced).addAll(cost(shares.stream().flatMap(share -> share.costUsd().stream()).toList()));
    }

    private static JsonObjectBuilder amounts(long runs, RunUsage usage, long unpriced) {
        return Jsons.PROVIDER.createObjectBuilder()
                .add("runs", runs)
                .add("usage", RunJson.usage(usage))
                .add("unpricedRuns", unpriced);
    }

    private static JsonObjectBuilder cost(List<BigDecimal> costs) {
        JsonObjectBuilder json = Jsons.PROVIDER.createObjectBuilder();
        costs.stream().reduce(BigDecimal::add).ifPresent(sum -> json.add("costUsd", sum));
        return json;
    }
}
