package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that runs are given, against what the model then saw. */
@AcceptanceTest
class AttachmentsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final String NOTES = "Zeile eins\n\"zwei\" \\ ½ 🌍\n";
    private static final String TABLE = "tide;height\nhigh;\"4,20 m\"\n";

    @Test
    @Promise(value = "RUN-3", part = "attachments")
    void theModelSeesFilesByteForByte(ComposeStack stack, Evidence evidence) throws Exception {
        evidence.expected(
                "over nginx: an image, a PDF and a text that come with a run, and an image and a text that lay in Strapi, are before the input in the first"
                        + " message, byte for byte as they were sent or lie there; the run lists them; what came with one run can be named in another");

        byte[] picture = Drawing.png(700, 300);
        byte[] pdf = pdf();
        StrapiAdmin strapi = StrapiAdmin.signIn(stack);
        JsonNode stored = strapi.uploadPicture("chart.png", Drawing.png(640, 200)).orThrow().json().path(0);
        byte[] storedPicture = bytes(stack.frontDoor() + "/strapi" + stored.path("url").asText());
        String notes = strapi.upload("notes.txt", NOTES.getBytes(StandardCharsets.UTF_8)).orThrow().json().path(0).path("id").asText();
        ArrayNode attachments = JSON.createArrayNode()
                .add(inline("tide ½.png", "image/png", picture))
                .add(inline("almanac.pdf", "application/pdf", pdf))
                .add(inline("table.csv", "text/csv", TABLE.getBytes(StandardCharsets.UTF_8)))
                .add(uploaded(stored.path("id").asText()))
                .add(uploaded(notes));
        ArrayNode expected = JSON.createArrayNode()
                .add(file("image", "base64", "image/png", base64(picture)))
                .add(titled("almanac.pdf", file("document", "base64", "application/pdf", base64(pdf))))
                .add(titled("table.csv", file("document", "text", "text/plain", TABLE)))
                .add(file("image", "base64", "image/png", base64(storedPicture)))
                .add(titled("notes.txt", file("document", "text", "text/plain", NOTES)));
        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            String input = runner.scripted(script -> script.text("High water."));
            JsonNode accepted = api.submit(runner.agent(), input, attachments).orThrow().json();
            List<RunEvent> events = api.persistently(accepted.path("id").asText());
            assertThat(events.getLast().type()).as(events.getLast().data()).isEqualTo("run.completed");
            JsonNode content = runner.asked(input, request -> true).body().at("/messages/0/content");
            JsonNode listed = api.run(accepted.path("id").asText()).path("attachments");

            String again = runner.scripted(script -> script.text("The same."));
            ObjectNode execution = JSON.createObjectNode().put("input", again);
            execution.putArray("attachments").add(uploaded(listed.at("/0/id").asText()));
            String stream = Http.postJson(stack.frontDoor() + "/api/agents/" + runner.agent() + "/execute", execution.toString())
                    .orThrow()
                    .body();
            JsonNode second = runner.asked(again, request -> true).body().at("/messages/0/content/0");

            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                rows.add(List.of(attachments.get(i).path("name").asText("upload"), told(expected.get(i)), told(content.path(i))));
            }
            rows.add(List.of("the input", input, content.path(expected.size()).path("text").asText()));
            rows.add(List.of("the first, by its id, in another run", told(expected.get(0)), told(second)));
            evidence.table("Files of a run", List.of("file", "expected", "observed"), rows)
                    .observed("%s; %d listed: %s".formatted(events.getLast().type(), listed.size(), listed));

            assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
            assertThat(content).hasSize(expected.size() + 1);
            assertThat(stream).contains("event: run.completed");
            assertThat(listed.findValuesAsText("name")).containsExactly("tide ½.png", "almanac.pdf", "table.csv", "chart.png", "notes.txt");
            assertThat(listed.findValuesAsText("mediaType")).containsExactly("image/png", "application/pdf", "text/csv", "image/png",
                    "text/plain");
            assertThat(listed.findValues("size").stream().mapToInt(JsonNode::asInt)).containsExactly(picture.length, pdf.length, TABLE
                    .length(), storedPicture.length, NOTES.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    @Promise(value = "RUN-3", part = "attachments that are refused")
    void whatCanNotBeAttachedIsRefusedByName(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "an upload that isn't there and a file that is none of its type: 422, each named; a file of 2.5 MB is taken, over nginx too; a"
                        + " body of 2.5 MB elsewhere, or of 17 MB for a run: 413");

        try (Runner runner = Runner.of(stack, "{}")) {
            Answer wrong = runner.api()
                    .submit(runner.agent(), "x", JSON.createArrayNode()
                            .add(inline("x.gif", "image/gif", Drawing.png(2, 2)))
                            .add(inline("y.png", "image/png", Drawing.png(2, 2)))
                            .add("z"));
            Answer missing = runner.api().submit(runner.agent(), "x", JSON.createArrayNode().add(uploaded("987654321")));
            byte[] large = Arrays.copyOf(pdf(), 2_500_000);
            Answer taken = runner.api()
                    .submit(runner.agent(), runner.scripted(script -> script.text("Aye.")), JSON.createArrayNode()
                            .add(inline("large.pdf", "application/pdf", large)));
            String much = "{\"name\":\"" + "x".repeat(2_500_000) + "\"}";
            int elsewhere = Http.postJson(stack.frontDoor() + "/api/agents", much).status();
            int tooMuch = Http.postJson(stack.frontDoor() + "/api/runs", "{\"input\":\"" + "x".repeat(17_000_000) + "\"}").status();
            evidence.observed("%d %s; %d %s; taken: %d; elsewhere: %d; 17 MB: %d".formatted(wrong.status(), fields(wrong), missing.status(),
                    fields(missing), taken.status(), elsewhere, tooMuch));

            assertThat(wrong.status()).isEqualTo(422);
            assertThat(fields(wrong)).containsExactly("attachments[0].data", "attachments[2]");
            assertThat(missing.status()).isEqualTo(422);
            assertThat(fields(missing)).containsExactly("attachments[0].uploadId");
            assertThat(taken.status()).isEqualTo(201);
            assertThat(List.of(elsewhere, tooMuch)).containsOnly(413);
        }
    }

    @Test
    @Breaks
    @Promise(value = "RUN-3", part = "attachments of a run that is taken over")
    void aRunThatIsTakenOverHasTheSameFilesOrFails(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the service killed while the model answers two runs with an image each, and the image of one deleted: the other is asked again"
                        + " with the same first message and completes; the one fails without being asked again, and names the image");

        StrapiAdmin strapi = StrapiAdmin.signIn(stack);
        ArrayNode image = JSON.createArrayNode().add(inline("tide.png", "image/png", Drawing.png(300, 200)));
        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            String kept = runner.scripted(script -> script.text("Once").stall(SILENCE), script -> script.text("High water."));
            String gone = runner.scripted(script -> script.text("Once").stall(SILENCE), script -> script.text("Never said."));
            String keptRun = api.submit(runner.agent(), kept, image).orThrow().json().path("id").asText();
            JsonNode goneRun = api.submit(runner.agent(), gone, image).orThrow().json();
            runner.asked(kept, request -> request.eventCount() > 1);
            runner.asked(gone, request -> request.eventCount() > 1);
            Instant killedAt = Instant.now();
            stack.signalHostPid(Service.EXPRESS, "KILL");
            strapi.deleteUpload(goneRun.at("/attachments/0/id").asInt()).orThrow();
            stack.events().await(Service.EXPRESS, EngineEvent.HEALTHY, killedAt, BACK);
            List<RunEvent> completed = api.persistently(keptRun);
            List<RunEvent> failed = api.persistently(goneRun.path("id").asText());
            List<JsonNode> said = runner.asked(kept).stream().map(RecordedRequest::body).map(body -> body.at("/messages/0")).toList();
            JsonNode error = failed.getLast().json().path("error");
            evidence.observed("%s, asked %d times with %d first messages; %s, asked %d times: %s".formatted(completed.getLast().type(), said
                    .size(), said.stream().distinct().count(), failed.getLast().type(), runner.asked(gone).size(), error.path("detail")));

            assertThat(completed.getLast().type()).isEqualTo("run.completed");
            assertThat(said).hasSize(2).allSatisfy(message -> assertThat(message).isEqualTo(said.getFirst()));
            assertThat(said.getFirst().at("/content/0/source/data").asText()).isEqualTo(image.at("/0/data").asText());
            assertThat(failed.getLast().type()).isEqualTo("run.failed");
            assertThat(error.path("type").asText()).endsWith(":attachment-unusable");
            assertThat(error.path("detail").asText()).contains("\"tide.png\"", goneRun.at("/attachments/0/id").asText());
            assertThat(runner.asked(gone)).hasSize(1);
        }
    }

    private static byte[] pdf() {
        byte[] pdf = new byte[60_000];
        new Random(1).nextBytes(pdf);
        byte[] head = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, pdf, 0, head.length);
        return pdf;
    }

    private static ObjectNode inline(String name, String mediaType, byte[] content) {
        return JSON.createObjectNode().put("name", name).put("mediaType", mediaType).put("data", base64(content));
    }

    private static ObjectNode uploaded(String id) {
        return JSON.createObjectNode().put("uploadId", id);
    }

    private static ObjectNode file(String type, String source, String mediaType, String data) {
        ObjectNode block = JSON.createObjectNode().put("type", type);
        block.putObject("source").put("type", source).put("media_type", mediaType).put("data", data);
        return block;
    }

    private static ObjectNode titled(String title, ObjectNode block) {
        return block.put("title", title);
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }

    /** A block, its data by length and hash. */
    private static String told(JsonNode block) {
        if (!block.path("source").isObject()) {
            return block.toString();
        }
        String data = block.at("/source/data").asText();
        return "%s %s %s of %s, %d characters, %s".formatted(block.path("type").asText(), block.path("title"), block.at("/source/type")
                .asText(), block.at("/source/media_type").asText(), data.length(), BackupSet.sha256(data.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> fields(Answer answer) {
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false).map(error -> error.path("field").asText()).toList();
    }

    private static byte[] bytes(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
        }
    }
}
