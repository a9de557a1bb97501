package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people keep in Strapi through the service, by way of the front door. */
@AcceptanceTest
class CatalogueIT {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final int WRITERS = 8;
    private static final int ROUNDS = 4;
    private static final int LISTED = 1_000;
    private static final int LISTED_IN_A_PLAIN_RUN = 130;

    @AutoClose
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    @Promise(value = "RUN-1", part = "agents")
    void agentsLiveAsTheyAreTold(ComposeStack stack, Evidence evidence) {
        lifeOf(CatalogueKind.AGENTS, stack, evidence);
    }

    @Test
    @Promise(value = "RUN-1", part = "skills")
    void skillsLiveAsTheyAreTold(ComposeStack stack, Evidence evidence) {
        lifeOf(CatalogueKind.SKILLS, stack, evidence);
    }

    @Test
    @Promise(value = "RUN-1", part = "MCP servers")
    void mcpServersLiveAsTheyAreTold(ComposeStack stack, Evidence evidence) {
        lifeOf(CatalogueKind.MCP_SERVERS, stack, evidence);
    }

    private static void lifeOf(CatalogueKind kind, ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "%s are made, listed, searched, narrowed, sorted, changed in part, replaced and deleted; each state has its ETag; "
                        .formatted(kind.path()) + "a change in Strapi's admin is seen within %d ms, and who didn't see it is refused"
                                .formatted(
                                        A_SECOND.toMillis()));
        String list = stack.frontDoor() + "/api/" + kind.path();
        String word = UUID.randomUUID().toString();

        Answer made = Http.postJson(list, kind.entry("A " + word, kind.more() + ",\"description\":\"%s\"".formatted("Long. ".repeat(300))))
                .orThrow();
        Answer other = Http.postJson(list, kind.entry("B 100% " + word)).orThrow();
        String address = stack.frontDoor() + made.headers().firstValue("Location").orElseThrow();
        String id = made.json().path("id").asText();
        Answer found = Http.get(address).orThrow();
        assertThat(found.json()).isEqualTo(made.json());
        assertThat(tag(found)).isEqualTo(tag(made));
        assertThat(conditional(address, "GET", "", "If-None-Match", tag(found)).status()).isEqualTo(304);

        assertThat(names(list + "?search=" + word)).containsExactly("A " + word, "B 100% " + word);
        assertThat(names(list + "?search=" + word + "&sort=name:desc")).containsExactly("B 100% " + word, "A " + word);
        assertThat(names(list + "?search=" + word + "&sort=" + kind.sort())).containsExactlyInAnyOrder("A " + word, "B 100% " + word);
        assertThat(names(list + "?search=" + word + "&" + kind.filter())).containsExactly("A " + word);
        assertThat(names(list + "?search=" + "%25%20" + word)).containsExactly("B 100% " + word);
        assertThat(Http.get(list + "?search=" + word + "&pageSize=1").orThrow().json().at("/meta/total").asInt()).isEqualTo(2);
        assertThat(Http.get(list + "?nonsense=1").status()).isEqualTo(422);

        Answer compressed = conditional(address, "GET", "", "Accept-Encoding", "gzip");
        assertThat(tag(compressed)).startsWith("W/");
        Answer changed = conditional(address, "PATCH", "{\"description\":\"Short\"}", "If-Match", tag(compressed)).orThrow();
        assertThat(without(changed.json(), "description", "updatedAt")).isEqualTo(without(made.json(), "description", "updatedAt"));
        assertThat(changed.json().path("description").asText()).isEqualTo("Short");

        StrapiAdmin.signIn(stack).change(kind.type(), id, "{\"description\":\"By the administrator\"}");
        long administered = System.nanoTime();
        await().atMost(A_SECOND.multipliedBy(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Http.get(address).orThrow().json().path("description").asText().equals("By the administrator"));
        Duration delay = Duration.ofNanos(System.nanoTime() - administered);
        List<Integer> refused = List.of("PUT", "PATCH", "DELETE")
                .stream()
                .map(method -> conditional(address, method, kind.entry("A " + word), "If-Match", tag(changed)).status())
                .toList();
        assertThat(refused).containsOnly(412);

        Answer replaced = conditional(address, "PUT", kind.entry("C " + word), "If-Match", "*").orThrow();
        assertThat(replaced.json().has("description")).isFalse();
        assertThat(names(list + "?search=" + word + "&" + kind.filter())).isEmpty();
        String holder = holderOf(kind, id, stack);
        assertThat(conditional(address, "DELETE", "", "If-Match", tag(replaced)).status()).isEqualTo(204);
        assertThat(Http.get(address).status()).isEqualTo(404);
        assertThat(conditional(address, "DELETE", "", "If-Match", "*").status()).isEqualTo(404);
        assertThat(names(list + "?search=" + word)).containsExactly("B 100% " + word);
        String left = leftOf(kind, holder);
        conditional(stack.frontDoor() + other.headers().firstValue("Location").orElseThrow(), "DELETE", "", "If-Match", tag(other))
                .orThrow();

        evidence.observed("all as expected; the administrator's change was seen after %d ms; after the deletion: %s".formatted(delay
                .toMillis(), left)).figure("seen after", delay.toMillis(), "ms");
        assertThat(delay).isLessThanOrEqualTo(A_SECOND);
    }

    /** Something that has the entry: an agent, or of an agent a run. */
    private static String holderOf(CatalogueKind kind, String id, ComposeStack stack) {
        if (kind.equals(CatalogueKind.AGENTS)) {
            return stack.frontDoor() + Http.postJson(stack.frontDoor() + "/api/runs", "{\"agentId\":\"%s\",\"input\":\"Hello\"}".formatted(
                    id)).orThrow().headers().firstValue("Location").orElseThrow();
        }
        String relation = kind.equals(CatalogueKind.SKILLS) ? "skills" : "mcpServers";
        Answer holder = Http.postJson(stack.frontDoor() + "/api/agents", CatalogueKind.AGENTS.entry("Holder " + id,
                ",\"%s\":[\"%s\"]".formatted(relation, id))).orThrow();
        assertThat(names(stack.frontDoor() + "/api/agents?" + relation + "=" + id)).containsExactly("Holder " + id);
        return stack.frontDoor() + holder.headers().firstValue("Location").orElseThrow();
    }

    private static String leftOf(CatalogueKind kind, String holder) {
        JsonNode left = Http.get(holder).orThrow().json();
        if (kind.equals(CatalogueKind.AGENTS)) {
            assertThat(left.path("agentName").asText()).startsWith("C ");
            return "the agent's run is there";
        }
        assertThat(left.path("skills")).isEmpty();
        assertThat(left.path("mcpServers")).isEmpty();
        Http.send(HttpRequest.newBuilder(URI.create(holder)).DELETE()).orThrow();
        return "the agent that had it is there without it";
    }

    @Test
    @Promise(value = "RUN-1", part = "lost updates")
    void ofThoseWhoKnowTheSameStateOneChangesIt(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "%d times, of %d who change an entry at once as they know it, one succeeds and the others are told 412; so it is when an administrator comes between"
                        .formatted(ROUNDS, WRITERS));
        String word = UUID.randomUUID().toString();
        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        Answer skill = Http.postJson(stack.frontDoor() + "/api/skills", CatalogueKind.SKILLS.entry("Shared " + word)).orThrow();
        String address = stack.frontDoor() + skill.headers().firstValue("Location").orElseThrow();
        List<List<String>> rows = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String known = tag(Http.get(address).orThrow());
            boolean administered = round % 2 == 1;
            CompletableFuture<Void> change = administered
                    ? CompletableFuture.runAsync(() -> admin.change("api::skill.skill", skill.json().path("id").asText(),
                            "{\"content\":\"By the administrator\"}"), clients)
                    : CompletableFuture.completedFuture(null);
            List<Answer> answers = atOnce(writer -> conditional(address, "PATCH", "{\"version\":\"%d\"}".formatted(writer), "If-Match",
                    known));
            change.join();
            List<Answer> done = answers.stream().filter(answer -> answer.status() == 200).toList();
            rows.add(List.of(administered ? "an administrator among them" : "", String.valueOf(done.size()), String.valueOf(answers.stream()
                    .filter(answer -> answer.status() == 412)
                    .count())));
            assertThat(answers).extracting(Answer::status).isSubsetOf(200, 412);
            assertThat(done).hasSizeLessThanOrEqualTo(1);
            if (!administered) {
                assertThat(done).hasSize(1);
                assertThat(Http.get(address).orThrow().json()).isEqualTo(done.getFirst().json());
            }
        }
        Http.send(HttpRequest.newBuilder(URI.create(address)).DELETE()).orThrow();
        evidence.table("Rounds", List.of("", "changed", "refused"), rows).observed("no change was lost in %d rounds".formatted(ROUNDS));
    }

    @Test
    @Promise(value = "RUN-1", part = "paging")
    void pagesHoldEachEntryOnceAndSayHowManyThereAre(ComposeStack stack, Evidence evidence) throws SQLException {
        int entries = Boolean.getBoolean("acceptance.full") ? LISTED : LISTED_IN_A_PLAIN_RUN;
        evidence.expected(
                "%d skills of the same category, in pages of 7 and of 100, sorted by what all have in common and by name: each once, the total true on each page"
                        .formatted(entries));
        String word = UUID.randomUUID().toString();
        execute(stack,
                """
                INSERT INTO skills (document_id, name, category, created_at, updated_at, published_at)
                SELECT substr(md5('%1$s' || n), 1, 24), 'Listed ' || n || ' %1$s', '%1$s', now(), now(), now() FROM generate_series(1, %2$d) AS n"""
                        .formatted(word, entries));
        List<List<String>> rows = new ArrayList<>();
        for (int pageSize : List.of(7, 100)) {
            for (String sort : List.of("category", "name:desc")) {
                List<String> names = new ArrayList<>();
                List<Integer> totals = new ArrayList<>();
                for (int page = 1; page <= (entries + pageSize - 1) / pageSize + 1; page++) {
                    JsonNode answer = Http.get("%s/api/skills?category=%s&page=%d&pageSize=%d&sort=%s".formatted(stack.frontDoor(), word,
                            page, pageSize, sort)).orThrow().json();
                    names.addAll(names(answer));
                    totals.add(answer.at("/meta/total").asInt());
                }
                rows.add(List.of(String.valueOf(pageSize), sort, String.valueOf(totals.size()), String.valueOf(names.size())));
                assertThat(names).hasSize(entries).doesNotHaveDuplicates();
                assertThat(totals).containsOnly(entries);
            }
        }
        execute(stack, "DELETE FROM skills WHERE category = '" + word + "'");
        evidence.table("Lists", List.of("page size", "sorted by", "pages", "entries"), rows)
                .observed("%d entries, each once, and the same total on all pages".formatted(entries));
    }

    @Test
    @Promise(value = "RUN-1", part = "repeated requests")
    void aRequestWithAKeyIsDoneOnce(ComposeStack stack, Evidence evidence) throws SQLException {
        evidence.expected(
                "of %d requests at once with one key one makes an entry, or begins a run; the same request afterwards has the same answer, another is refused; an entry whose answer was lost is found again"
                        .formatted(WRITERS));
        List<List<String>> rows = new ArrayList<>();
        for (CatalogueKind kind : List.of(CatalogueKind.AGENTS, CatalogueKind.SKILLS, CatalogueKind.MCP_SERVERS)) {
            rows.add(onceEach(kind, stack));
        }
        try (Runner runner = Runner.of(stack, "{}")) {
            String key = UUID.randomUUID().toString();
            String body = "{\"agentId\":\"%s\",\"input\":\"%s\"}".formatted(runner.agent(), runner.scripted(script -> script.text(
                    "Once.")));
            List<Answer> answers = atOnce(_ -> keyed(stack.frontDoor() + "/api/runs", body, key));
            assertThat(answers).extracting(Answer::status).containsOnly(201);
            assertThat(answers).extracting(answer -> answer.json().path("id").asText())
                    .containsOnly(answers.getFirst()
                            .json()
                            .path("id")
                            .asText());
            String events = stack.frontDoor() + "/api/agents/" + runner.agent() + "/execute";
            String executed = "{\"input\":\"%s\"}".formatted(runner.scripted(script -> script.text("Once.")));
            Answer first = keyed(events, executed, key).orThrow();
            Answer again = keyed(events, executed, key).orThrow();
            assertThat(again.body()).isEqualTo(first.body()).contains("id: 1\n", "run.completed");
            assertThat(keyed(events, executed.replace("\"}", " more\"}"), key).status()).isEqualTo(422);
            rows.add(List.of("runs", String.valueOf(answers.size()), "1"));
        }
        evidence.table("Requests with one key", List.of("", "answered alike", "made"), rows)
                .observed("each was done once");
    }

    private List<String> onceEach(CatalogueKind kind, ComposeStack stack) throws SQLException {
        String list = stack.frontDoor() + "/api/" + kind.path();
        String key = UUID.randomUUID().toString();
        String body = kind.entry("Once " + key);
        List<Answer> answers = atOnce(_ -> keyed(list, body, key));
        assertThat(answers).extracting(Answer::status).contains(201).isSubsetOf(201, 409);
        Answer first = keyed(list, body, key).orThrow();
        assertThat(answers).filteredOn(answer -> answer.status() == 201).extracting(Answer::body).containsOnly(first.body());
        assertThat(names(list + "?search=" + key)).hasSize(1);
        assertThat(keyed(list, kind.entry("Other " + key), key).status()).isEqualTo(422);
        // As a service leaves it that was killed before it heard of what it made.
        execute(stack, """
                UPDATE runs.idempotency_key SET status = NULL, location = NULL, entity_tag = NULL, body = NULL, claimed_until = now()
                WHERE location = '%s'""".formatted(first.headers().firstValue("Location").orElseThrow()));
        Answer found = keyed(list, body, key).orThrow();
        assertThat(found.json()).isEqualTo(first.json());
        assertThat(names(list + "?search=" + key)).hasSize(1);
        Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + found.headers().firstValue("Location").orElseThrow())).DELETE())
                .orThrow();
        return List.of(kind.path(), String.valueOf(answers.stream().filter(answer -> answer.status() == 201).count()), "1");
    }

    private List<Answer> atOnce(IntFunction<Answer> request) {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.supplyAsync(() -> request.apply(writer), clients))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static Answer keyed(String url, String json, String key) {
        return Http.send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json)));
    }

    private static Answer conditional(String url, String method, String json, String header, String value) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header(header, value);
        return Http.send(json.isEmpty()
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    private static String tag(Answer answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static List<String> names(String url) {
        return names(Http.get(url).orThrow().json());
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false).map(entry -> entry.path("name").asText()).toList();
    }

    private static JsonNode without(JsonNode entry, String... members) {
        return ((ObjectNode) entry.deepCopy()).without(List.of(members));
    }

    private static void execute(ComposeStack stack, String sql) throws SQLException {
        try (Connection database = stack.database(); Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
