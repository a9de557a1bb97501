package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.FakeStrapi;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Attachments as clients meet them: the whole service, before a Strapi that keeps uploads. */
@Tag("service")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachmentsOverHttpTest {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n--\r\n\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private FakeModel model;
    private RunningService service;
    private String agent;

    @BeforeAll
    void start() throws Exception {
        int database = LocalPostgres.shared().port();
        model = FakeModel.start();
        service = RunningService.start("ANTHROPIC_BASE_URL=" + model.address(), "DATABASE_PORT=" + database, "DATABASE_PASSWORD=unused");
        agent = service.send("POST", "/api/agents", "{\"name\":\"Eve\",\"systemPrompt\":\"Look at it well.\",\"model\":\"haiku\"}")
                .json()
                .getString("id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.get("/health/ready").body()).contains("\"status\":\"UP\"").doesNotContain("DOWN"));
    }

    @AfterAll
    void stop() throws IOException {
        if (service != null) {
            model.close();
            service.close();
        }
    }

    @AfterEach
    void calm() {
        service.strapi().is(FakeStrapi.Mood.WELL);
        service.strapi().uploads().takesAtMost(Integer.MAX_VALUE);
        service.strapi().uploads().stalls(false);
    }

    @Test
    void cancelsInTheMidstOfAFile() {
        service.strapi().uploads().stalls(true);
        JsonObject accepted = submit(inline("p.png", PNG)).json();
        String run = "/api/runs/" + accepted.getString("id");
        String file = "GET /uploads/" + accepted.getJsonArray("attachments").getJsonObject(0).getString("id") + "_";
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.strapi().requests().stream().anyMatch(request -> request.startsWith(file)));

        service.send("POST", run + "/cancel", "{}");
        await().atMost(Duration.ofSeconds(1)).until(() -> service.get(run).json().getString("state").equals("cancelled"));
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void storesWhatComesAlongAndReadsItAgain() throws Exception {
        String upload = service.strapi().uploads().keep("notes.md", "text/markdown", "# ½".getBytes(StandardCharsets.UTF_8));
        model.will(call -> call.streaming().begin(10).text("I see").end(2));
        String location;
        try (var reader = EventReader.execute(address(), agent, """
                {"input":"What is it?","attachments":[%s,{"uploadId":"%s"}]}""".formatted(inline("½ \"1\".png", PNG), upload))) {
            location = reader.response().headers().firstValue("Location").orElseThrow();
            assertThat(reader.untilEnd().getLast().text()).contains("run.completed");
        }

        JsonObject run = service.get(location).json();
        JsonObject first = run.getJsonArray("attachments").getJsonObject(0);
        assertThat(first.keySet()).containsExactlyInAnyOrder("id", "name", "mediaType", "size");
        assertThat(first.getString("name")).isEqualTo("½ \"1\".png");
        assertThat(first.getInt("size")).isEqualTo(PNG.length);
        assertThat(run.getJsonArray("attachments").getJsonObject(1).toString())
                .isEqualTo("{\"id\":\"" + upload + "\",\"name\":\"notes.md\",\"mediaType\":\"text/markdown\",\"size\":4}");
        assertThat(service.strapi().uploads().all().get(Integer.valueOf(first.getString("id")))).satisfies(stored -> {
            assertThat(stored.content()).isEqualTo(PNG);
            assertThat(stored.caption()).isEqualTo("½ \"1\".png");
            assertThat(stored.mime()).isEqualTo("image/png");
            assertThat(stored.name()).matches("attachment-[0-9a-f-]{36}\\.png");
        });
        assertThat(model.nextCall().body().getJsonArray("messages").toString())
                .contains("\"data\":\"" + Base64.getEncoder().encodeToString(PNG) + "\"", "\"title\":\"notes.md\"", "\"data\":\"# ½\"");
    }

    @Test
    void namesWhatIsWrongWithUploads() {
        var uploads = service.strapi().uploads();
        String program = uploads.keep("x.sh", "application/x-sh", PNG);
        String huge = uploads.keep("x.png", "image/png", new byte[3_932_161]);
        String lost = uploads.keep("y.png", "image/png", PNG);
        uploads.lose(lost);
        int before = uploads.all().size();

        Answer answer = submit(inline("p.png", PNG), uploaded(program), uploaded(huge), uploaded(lost), uploaded("999"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.wrongFields()).containsExactly("attachments[1].uploadId", "attachments[2].uploadId", "attachments[3].uploadId",
                "attachments[4].uploadId");
        assertThat(uploads.all()).as("nothing is stored where something is wrong").hasSize(before);
    }

    @Test
    void saysWhatStrapiDoesNotTakeAndKeepsNothing() {
        var uploads = service.strapi().uploads();
        uploads.takesAtMost(PNG.length);
        int before = uploads.all().size();

        Answer answer = submit(inline("p.png", PNG), inline("q.png", withTail(1)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"attachments[1].data\"", "FileTooBig");
        assertThat(uploads.all()).hasSize(before);
    }

    @Test
    void saysThatStrapiIsAway() {
        service.strapi().is(FakeStrapi.Mood.AWAY);
        Answer answer = submit(inline("p.png", PNG));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void takesLargeBodiesForRunsAlone() {
        String large = inline("p.png", withTail(3_000_000));
        Answer taken = submit(large, large);
        assertThat(taken.status()).as(taken.body()).isEqualTo(201);
        service.send("POST", taken.header("Location") + "/cancel", "{}");

        String tooLarge = "{\"agentId\":\"a\",\"input\":\"" + "x".repeat(16_000_000) + "\"}";
        assertThat(service.send("POST", "/api/runs", tooLarge).status()).isEqualTo(413);
        assertThat(service.send("POST", "/api/agents/x/execute", tooLarge).status()).isEqualTo(413);
        assertThat(service.send("POST", "/api/agents", tooLarge.substring(0, 2_000_001)).status()).isEqualTo(413);
        assertThat(service.send("POST", "/api/runs", tooLarge.substring(0, 2_500_000) + "\"}").status()).as("a long input").isEqualTo(422);
    }

    private Answer submit(String... attachments) {
        return service.send("POST", "/api/runs", "{\"agentId\":\"%s\",\"input\":\"What is it?\",\"attachments\":[%s]}".formatted(agent,
                String
                        .join(",", attachments)));
    }

    private static String inline(String name, byte[] png) {
        return "{\"name\":\"%s\",\"mediaType\":\"image/png\",\"data\":\"%s\"}".formatted(name.replace("\"", "\\\""), Base64.getEncoder()
                .encodeToString(png));
    }

    private static String uploaded(String id) {
        return "{\"uploadId\":\"" + id + "\"}";
    }

    private static byte[] withTail(int bytes) {
        return ByteBuffer.allocate(PNG.length + bytes).put(PNG).array();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + service.port());
    }
}
