package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the service remembers of Strapi's answers. */
@AcceptanceTest
class RememberedIT {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A change and how it shows in the list. */
    private record Change(Runnable made, Predicate<JsonNode> shows) {}

    @Test
    @Promise(value = "RUN-3", part = "a change in Strapi is seen within 1 s")
    void aChangeIsSeenWhicheverWayItCame(ComposeStack stack, Evidence evidence) {
        evidence.expected("each change shows in a list and in the agent alone, both remembered until then, at most %d ms after it was made"
                .formatted(A_SECOND.toMillis()));

        String word = UUID.randomUUID().toString();
        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        String skill = admin.create("api::skill.skill", "{\"name\":\"Skill %s\",\"content\":\"Be brief.\"}".formatted(word));
        String second = admin.create("api::skill.skill", "{\"name\":\"Second %s\",\"content\":\"Be kind.\"}".formatted(word));
        String agent = Http.postJson(stack.frontDoor() + "/api/agents", """
                {"name":"Agent %s","systemPrompt":"Answer what you are asked.","skills":["%s","%s"]}""".formatted(word, skill, second))
                .orThrow()
                .json()
                .path("id")
                .asText();
        String agents = "http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/api/agents";
        String list = agents + "?search=" + word;
        String alone = agents + "/" + agent;
        String strapi = "http://127.0.0.1:" + stack.port("STRAPI_PORT") + "/api/";
        String token = stack.env().require("STRAPI_API_TOKEN");
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("Strapi's API", new Change(() -> send(strapi + "agents/" + agent, token, "PUT",
                "{\"data\":{\"description\":\"first\"}}"),
                described("first")));
        changes.put("the admin page", new Change(() -> admin.change("api::agent.agent", agent, "{\"description\":\"second\"}"), described(
                "second")));
        changes.put("the database itself", new Change(() -> execute(stack, "UPDATE agents SET description = 'third' WHERE document_id = '"
                + agent + "'"), described("third")));
        changes.put("the service's API", new Change(() -> Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/agents/"
                + agent))
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"description\":\"fourth\"}"))).orThrow(), described("fourth")));
        changes.put("a skill taken away in the database", new Change(() -> execute(stack, """
                DELETE FROM agents_skills_lnk USING skills
                WHERE skill_id = skills.id AND document_id = '%s'""".formatted(second)), found -> found.path("skills").size() == 1));
        changes.put("a skill's deletion", new Change(() -> send(strapi + "skills/" + skill, token, "DELETE", ""), found -> found.path(
                "skills").isEmpty()));
        List<List<String>> rows = new ArrayList<>();
        List<Duration> delays = new ArrayList<>();
        changes.forEach((way, change) -> {
            awaitRemembered(list);
            awaitRemembered(alone);
            change.made().run();
            long made = System.nanoTime();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> change.shows().test(Http.get(list).orThrow().json().at("/data/0")) && change.shows()
                            .test(Http.get(alone).orThrow().json()));
            Duration delay = Duration.ofNanos(System.nanoTime() - made);
            delays.add(delay);
            rows.add(List.of(way, String.valueOf(delay.toMillis())));
        });
        evidence.table("Changes", List.of("made by", "seen after (ms)"), rows)
                .observed("seen after at most %d ms".formatted(delays.stream().mapToLong(Duration::toMillis).max().orElseThrow()));

        assertThat(delays).hasSameSizeAs(changes.keySet()).allSatisfy(delay -> assertThat(delay).isLessThanOrEqualTo(A_SECOND));
    }

    /** Only what is not asked anew gets older. */
    private static void awaitRemembered(String list) {
        await().atMost(PATIENCE).until(() -> age(Http.get(list).orThrow()) >= 3);
    }

    private static Predicate<JsonNode> described(String description) {
        return found -> found.path("description").asText().equals(description);
    }

    @Test
    @Breaks
    @Promise(value = "RUN-3", part = "as it is remembered while Strapi is frozen")
    void whatIsKnownIsAnsweredWhileStrapiIsFrozen(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "Strapi frozen for %d s: the list is answered all the while, with its age; what was never asked gets 503; a run completes; %d s after the end all is as before"
                        .formatted(OUTAGE.toSeconds(), RECOVERY.toSeconds()));

        String service = "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        List<Integer> statuses = new ArrayList<>();
        List<Integer> ages = new ArrayList<>();
        List<Duration> waits = new ArrayList<>();
        String end;
        int unknown;
        Duration recovery;
        try (Runner runner = Runner.of(stack, "{}")) {
            runner.api().persistently(runner.api().start(runner.agent(), runner.scripted(script -> script.text("Warm."))));
            Http.get(service + "/api/agents").orThrow();
            stack.pause(Service.STRAPI);
            long frozen = System.nanoTime();
            try {
                unknown = Http.get(service + "/api/agents?search=" + UUID.randomUUID()).status();
                end = runner.api()
                        .persistently(runner.api().start(runner.agent(), runner.scripted(script -> script.text("Still here."))))
                        .getLast()
                        .type();
                await().atMost(OUTAGE.multipliedBy(2)).pollInterval(Duration.ofMillis(50)).until(() -> {
                    long asked = System.nanoTime();
                    Answer answer = Http.get(service + "/api/agents");
                    waits.add(Duration.ofNanos(System.nanoTime() - asked));
                    statuses.add(answer.status());
                    ages.add(age(answer));
                    return System.nanoTime() - frozen > OUTAGE.toNanos();
                });
            } finally {
                stack.unpause(Service.STRAPI);
            }
            long back = System.nanoTime();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Http.get(service + "/api/agents?search=" + UUID.randomUUID()).status() == 200);
            recovery = Duration.ofNanos(System.nanoTime() - back);
        }
        Duration longest = waits.stream().max(Duration::compareTo).orElseThrow();
        evidence.observed("%d answers, statuses %s, ages from %d to %d s, the slowest after %d ms; what was never asked: %d; the run: %s"
                .formatted(statuses.size(), statuses.stream().distinct().toList(), ages.getFirst(), ages.getLast(), longest.toMillis(),
                        unknown, end))
                .figure("as before after", recovery.toMillis(), "ms");
        await().atMost(Duration.ofSeconds(60)).until(() -> Service.ALL.stream().allMatch(stack::isHealthy));

        assertThat(statuses).containsOnly(200);
        assertThat(ages).isSorted();
        assertThat(ages.getLast()).isGreaterThanOrEqualTo((int) OUTAGE.toSeconds() - 1);
        assertThat(unknown).isEqualTo(503);
        assertThat(end).isEqualTo("run.completed");
        assertThat(recovery).isLessThanOrEqualTo(RECOVERY);
    }

    private static int age(Answer answer) {
        return answer.headers().firstValue("Age").map(Integer::parseInt).orElse(-1);
    }

    private static void send(String url, String token, String method, String json) {
        Http.send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))).orThrow();
    }

    private static void execute(ComposeStack stack, String sql) {
        try (Connection database = stack.database(); Statement statement = database.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The database of " + stack.name() + " refuses " + sql, e);
        }
    }
}
