package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.openapi.Contract;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.promises.Access.Who;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks for operations on what somebody has as each of those who may ask.
 *
 * @param stack where they are asked for
 * @param contract what answers have to be like
 * @param belongings what they are about
 * @param members who asks; who isn't among them has no credentials
 */
record AccessMatrix(ComposeStack stack, Contract contract, Belongings belongings, Map<Who, Member> members) {
    /** Those first who may least, since the others may end what all are asking for. */
    private static final List<Who> ORDER = List.of(Who.NOBODY, Who.OTHER, Who.ADMINISTRATOR, Who.OWNER);
    private static final Map<String, String> CONDITIONS = Map.of("If-Match", "\"outdated\"", "If-None-Match", "*", "Last-Event-ID", "1");
    private static final int SHORTEST_ID = 20;

    /** The status for each who may ask, in the order of the table, each with what is wrong with the answer. */
    String row(Access access, Operation operation) {
        Map<Who, String> cells = new EnumMap<>(Who.class);
        ORDER.forEach(who -> cells.put(who, cell(operation, who, access.statusFor(who) == 404)));
        return cells.values().stream().collect(Collectors.joining(" "));
    }

    private String cell(Operation operation, Who who, boolean hidden) {
        Optional<Member> member = Optional.ofNullable(members.get(who));
        Asked asked = belongings.asked(operation, member).underANameOfItsOwn();
        JsonNode before = hidden ? belongings.state(operation) : MissingNode.getInstance();
        Answer answer = ask(member, asked.request(stack));
        List<String> objections = new ArrayList<>(contract.objections(operation, answer));
        if (hidden) {
            objections.addAll(traces(member, asked, answer));
            if (!belongings.state(operation).equals(before)) {
                objections.add("the entry was changed");
            }
        }
        if (answer.succeeded() && (operation.method().equals("DELETE") || operation.id().equals("cancelRun"))) {
            belongings.isGone(operation);
        }
        return objections.isEmpty() ? String.valueOf(answer.status()) : answer.status() + " " + objections;
    }

    private static Answer ask(Optional<Member> member, HttpRequest.Builder request) {
        return member.map(known -> known.send(request)).orElseGet(() -> Http.send(request.header("Cookie", "none=at-all")));
    }

    /** In what the answer about somebody else's, also if asked on conditions, differs from the one about what isn't there. */
    private List<String> traces(Optional<Member> member, Asked asked, Answer answer) {
        Asked unknown = new Asked(asked.operation(), Belongings.unknown(asked.operation()), asked.body());
        String expected = told(ask(member, unknown.request(stack)), unknown.path());
        List<String> told = new ArrayList<>();
        told.add(told(answer, asked.path()));
        CONDITIONS.forEach((name, value) -> told.add(told(ask(member, asked.request(stack).header(name, value)), asked.path())));
        return told.stream()
                .filter(each -> !each.equals(expected))
                .distinct()
                .map(each -> "told " + each + ", but of what isn't there " + expected)
                .toList();
    }

    private static String told(Answer answer, String path) {
        String body = answer.succeeded() ? answer.body() : ((ObjectNode) answer.json()).without("requestId").toString();
        String told = answer.status() + " " + answer.headers().map().keySet().stream().sorted().toList() + " " + body;
        for (String part : path.split("/", -1)) {
            told = part.length() < SHORTEST_ID ? told : told.replace(part, "ID");
        }
        return told;
    }
}
