package org.claudeagentui.service.tasks;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("service")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasksTest {
    private FakeModel model;
    private RunningService service;
    private String agent;

    @BeforeAll
    void start() throws Exception {
        int database = LocalPostgres.shared().port();
        model = FakeModel.start();
        service = RunningService.start("ANTHROPIC_BASE_URL=" + model.address(), "DATABASE_PORT=" + database, "DATABASE_PASSWORD=unused");
        agent = service.send("POST", "/api/agents", """
                {"name":"Ada","systemPrompt":"Be brief and kind.","model":"haiku"}""").json().getString("id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.get("/health/ready").body()).contains("\"status\":\"UP\"").doesNotContain("DOWN"));
    }

    @AfterAll
    void stop() throws Exception {
        if (service != null) {
            service.close();
            model.close();
        }
    }

    @Test
    void isKeptAndRunAndShowsHowItsRunStands() throws Exception {
        JsonObject task = task("Greet {{name}} in {{ city }}, {{times}} times", """
                {"name":"Ada","times":2}""");
        assertThat(task.getString("state")).isEqualTo("idle");
        assertThat(task.getString("owner")).isEqualTo(TestUsers.User.ADMIN.caller().userId());
        assertThat(service.get("/api/tasks/" + task.getString("id")).json()).isEqualTo(task);

        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        Answer run = execute(task, """
                {"inputValues":{"city":"London","name":"Grace"}}""");

        assertThat(run.status()).isEqualTo(200);
        assertThat(run.body()).contains("event: run.queued", "event: run.completed");
        assertThat(model.nextCall().body().toString()).contains("Greet Grace in London, 2 times");
        String id = run.header("Location").substring("/api/runs/".length());
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonObject after = service.get("/api/tasks/" + task.getString("id")).json();
            assertThat(after.getString("state")).isEqualTo("completed");
            assertThat(after.getString("lastRunId")).isEqualTo(id);
        });
        JsonObject runs = service.get("/api/tasks/" + task.getString("id") + "/runs").json();
        assertThat(runs.getJsonArray("data").getJsonObject(0).getString("id")).isEqualTo(id);
        assertThat(runs.getJsonObject("meta").getInt("total")).isOne();
    }

    @Test
    void namesTheValuesThatAreMissingOrHaveNoPlace() {
        JsonObject task = task("Greet {{name}} in {{city}}", "{}");

        Answer refused = execute(task, """
                {"inputValues":{"name":"Ada","country":"UK"}}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("\"inputValues.city\"", "\"inputValues.country\"").doesNotContain("inputValues.name");
        assertThat(execute(task, "{\"inputValues\":{\"name\":[1]}}").status()).isEqualTo(422);
        assertThat(execute(task, "{\"values\":{}}").body()).contains("\"values\"");
    }

    @Test
    void runsWithoutABody() throws Exception {
        JsonObject task = task("Say hello", "{}");
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));

        Answer run = service.send(service.request("/api/tasks/" + task.getString("id") + "/execute")
                .POST(BodyPublishers.noBody()));

        assertThat(run.body()).contains("event: run.completed");
        model.nextCall();
    }

    @Test
    void namesEachFieldThatIsWrong() {
        Answer refused = service.send("POST", "/api/tasks", """
                {"name":"","prompt":7,"inputValues":{"a b":1},"state":"running","owner":"me"}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("\"name\"", "\"prompt\"", "\"inputValues\"", "\"agent\"", "\"state\"", "\"owner\"");
    }

    @Test
    void isNotFoundUnderAnIdThatIsNone() {
        assertThat(service.get("/api/tasks/nosuchtask").status()).isEqualTo(404);
        assertThat(service.send("POST", "/api/tasks/nosuchtask/execute", "{}").status()).isEqualTo(404);
        assertThat(service.get("/api/tasks/nosuchtask/runs").status()).isEqualTo(404);
    }

    @Test
    void asksStrapiForTheTasksOfAnAgentInAState() {
        service.get("/api/tasks?agent=abc&state=failed&search=report&sort=updatedAt:desc");

        assertThat(service.strapi().requests()).anySatisfy(request -> assertThat(request).startsWith("GET /api/tasks?")
                .contains("filters[agent][documentId][$eq]=abc", "filters[state][$eq]=failed", "sort=updatedAt:desc",
                        "[name][$containsi]=report"));
        assertThat(service.get("/api/tasks?state=lazy").status()).isEqualTo(422);
    }

    private JsonObject task(String prompt, String values) {
        Answer made = service.send("POST", "/api/tasks", """
                {"name":"Greeting","prompt":"%s","agent":"%s","inputValues":%s}""".formatted(prompt, agent, values));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private Answer execute(JsonObject task, String body) {
        return service.send("POST", "/api/tasks/" + task.getString("id") + "/execute", body);
    }
}
