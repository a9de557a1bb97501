package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Contract;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.promises.Access.Who;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What users see of each other: of every entry by its id, and in every list. */
@AcceptanceTest
class AccessIT {
    private static final String ALL = "?pageSize=100";

    @Test
    @Promise(value = "SEC-2", part = "every operation, by owner, another user, administrator and nobody")
    void everyOperationTellsThoseAloneWhomItMay(ComposeStack stack, Evidence evidence) {
        evidence.expected("""
                each operation of the OpenAPI document, asked about a user's entry by that user, by another, by an administrator and by nobody: the \
                status of access.txt and an answer as the document has it; another user's 404 is that of an id which never was, whatever conditions \
                they send, and leaves the entry as it is""");

        ApiDocument document = ApiDocument.parse(Http.get(stack.frontDoor() + "/openapi").orThrow().body());
        Map<String, Operation> operations = document.operations().stream().collect(Collectors.toMap(Operation::id, it -> it));
        Member owner = Member.join(stack, "Olive");
        Member administrator = Member.joinAsAdministrator(stack, "Ada");
        Map<Who, Member> members = Map.of(Who.OWNER, owner, Who.OTHER, Member.join(stack, "Otto"), Who.ADMINISTRATOR, administrator);
        List<List<String>> rows = new ArrayList<>();
        try (Belongings belongings = new Belongings(stack, document, owner, administrator)) {
            AccessMatrix matrix = new AccessMatrix(stack, new Contract(document), belongings, members);
            for (Access access : Access.table()) {
                Operation operation = Objects.requireNonNull(operations.get(access.operation()), access.operation());
                rows.add(List.of(operation.id() + ", " + operation, access.toString(), matrix.row(access, operation)));
            }
        }
        evidence.table("Statuses for the owner, another user, an administrator, nobody", List.of("operation", "expected", "observed"), rows)
                .observed("%d operations, %d cells".formatted(rows.size(), rows.size() * Who.values().length));

        assertThat(Access.table()).extracting(Access::operation).containsExactlyInAnyOrderElementsOf(operations.keySet());
        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    @Test
    @Promise(value = "SEC-2", part = "lists, filters, searches and totals")
    @Promise(value = "RUN-6", part = "by user")
    void listsHoldTheUsersOwnAlone(ComposeStack stack, Evidence evidence) {
        evidence.expected("""
                of two users with a run, a task, a chat and a token each, made with one Idempotency-Key: each list, filter, search, order and total \
                has the user's own alone, as has the usage; an administrator sees both users', but of tokens their own""");

        String word = "shared" + UUID.randomUUID().toString().replace("-", "");
        try (Runner runner = Runner.of(stack, "{\"maxTokens\":5}")) {
            Member eve = Member.join(stack, "Eve");
            Member bob = Member.join(stack, "Bob");
            Member administrator = Member.joinAsAdministrator(stack, "Ada");
            Map<Member, Map<String, String>> own = new LinkedHashMap<>();
            for (Member member : List.of(eve, bob)) {
                Map<String, String> ids = made(stack, member, runner.agent(), word);
                own.put(member, ids);
                runner.api().persistently(Objects.requireNonNull(ids.get("runs")));
            }
            List<List<String>> rows = new ArrayList<>();
            lists(word, runner.agent()).forEach((kind, queries) -> queries.forEach(query -> {
                String list = "/api/" + kind + query;
                own.forEach((member, ids) -> rows.add(List.of(member.name() + ": " + list, "1 [" + ids.get(kind) + "]", told(member.get(
                        list)))));
                if (query.equals(ALL) && !kind.equals("runs")) {
                    // Of all users' entries these may be on a later page.
                    return;
                }
                List<String> seen = ids(administrator.get(list));
                boolean both = own.values().stream().allMatch(ids -> seen.contains(ids.get(kind)));
                rows.add(List.of("the administrator: " + list, kind.equals("tokens") ? "neither" : "both", both
                        ? "both"
                        : seen.isEmpty() ? "neither" : "others: " + seen));
            }));
            own.forEach((member, _) -> List.of("", "&userId=" + (member == eve ? bob : eve).id())
                    .forEach(query -> rows.add(List.of(member.name() + ": usage of the agent" + (query.isEmpty() ? "" : " by the other"),
                            "1 run of [" + member.id() + "]", usage(member, runner.agent(), query)))));
            rows.add(List.of("the administrator: usage of the agent", "2 runs of " + List.of(eve.id(), bob.id()).stream().sorted().toList(),
                    usage(administrator, runner.agent(), "").replace("2 run ", "2 runs ")));
            evidence.table("What lists have", List.of("who and what", "expected", "observed"), rows)
                    .observed(rows.size() + " lists and sums");

            assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
        }
    }

    private static Map<String, List<String>> lists(String word, String agent) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("runs", List.of(ALL, "?pageSize=100&sort=createdAt:desc"));
        lists.put("tasks", List.of(ALL, "?search=" + word, "?agent=" + agent, "?state=idle&search=" + word,
                "?sort=createdAt:desc&pageSize=100"));
        lists.put("chats", List.of(ALL, "?search=" + word, "?agent=" + agent, "?archived=false&search=" + word,
                "?sort=createdAt:desc&pageSize=100"));
        lists.put("tokens", List.of(""));
        return lists;
    }

    /** The ids of what a user has made, by the names of lists. */
    private static Map<String, String> made(ComposeStack stack, Member member, String agent, String word) {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("runs", "{\"agentId\":\"%s\",\"input\":\"Hello.\"}".formatted(agent));
        bodies.put("tasks", "{\"name\":\"%s\",\"prompt\":\"Hello.\",\"agent\":\"%s\"}".formatted(word, agent));
        bodies.put("chats", "{\"title\":\"%s\",\"agent\":\"%s\"}".formatted(word, agent));
        bodies.put("tokens", "{\"name\":\"%s\"}".formatted(word));
        Map<String, String> ids = new HashMap<>();
        bodies.forEach((kind, body) -> ids.put(kind, member.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/" + kind))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", word)
                .POST(HttpRequest.BodyPublishers.ofString(body))).orThrow().json().path("id").asText()));
        return ids;
    }

    private static String told(Answer list) {
        return list.orThrow().json().at("/meta/total").asInt() + " " + ids(list);
    }

    private static List<String> ids(Answer list) {
        return entries(list).map(entry -> entry.path("id").asText()).toList();
    }

    private static String usage(Member member, String agent, String query) {
        Answer usage = member.get("/api/usage?agentId=" + agent + query);
        return usage.orThrow().json().at("/total/runs").asInt() + " run of " + entries(usage).map(share -> share.path("userId").asText())
                .sorted()
                .toList();
    }

    private static Stream<JsonNode> entries(Answer list) {
        return StreamSupport.stream(list.orThrow().json().path("data").spliterator(), false);
    }
}
