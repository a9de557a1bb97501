package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class StreamTest {
    private final Running running = new Running();

    StreamTest() throws IOException {
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void everyKindOfBlockFollowsThePublishedGrammar() throws IOException {
        JsonNode input = Json.object().put("city", "Zürich").put("note", "a \"quoted\" word and a 🌊");
        running.control()
                .add(StandinScript.answering("mix")
                        .thinking("First this, then that.")
                        .text("Some text — with ümlauts 🌊.")
                        .ping()
                        .toolUse("weather", input)
                        .text("More."));

        List<SseEvent> events = running.streamFor("mix");

        PublishedGrammar.check(events);
        assertThat(SseEvent.text(events)).isEqualTo("Some text — with ümlauts 🌊.More.");
        StringBuilder json = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        events.forEach(event -> json.append(event.data().at("/delta/partial_json").asText()));
        events.forEach(event -> thoughts.append(event.data().at("/delta/thinking").asText()));
        assertThat(Json.parse(json.toString().getBytes(UTF_8))).isEqualTo(input);
        assertThat(thoughts).hasToString("First this, then that.");
        assertThat(events).anySatisfy(event -> assertThat(event.data().at("/delta/signature").asText()).isNotEmpty());
        assertThat(SseEvent.only(events, "message_delta").data().at("/delta/stop_reason").asText()).isEqualTo("tool_use");
    }

    @Test
    void anEmptyScriptStillTellsACompleteMessage() throws IOException {
        running.control().add(StandinScript.answering("nothing"));

        List<SseEvent> events = running.streamFor("nothing");

        PublishedGrammar.check(events);
        assertThat(SseEvent.names(events)).containsExactly("message_start", "message_delta", "message_stop");
    }

    @Test
    void outputTokensCountTheDeltasAndAScriptCanSayOtherwise() throws IOException {
        running.control().add(StandinScript.answering("counted").text(37, Duration.ZERO));
        running.control().add(StandinScript.answering("told").usage(100, 20, 3, 4000).text(2, Duration.ZERO));

        List<SseEvent> counted = running.streamFor("counted");
        List<SseEvent> told = running.streamFor("told");

        assertThat(SseEvent.only(counted, "message_delta").data().at("/usage/output_tokens").asInt()).isEqualTo(37);
        assertThat(SseEvent.only(told, "message_start").data().at("/message/usage/input_tokens").asInt()).isEqualTo(100);
        assertThat(SseEvent.only(told, "message_delta").data().path("usage").toString()).isEqualTo(
                "{\"input_tokens\":100,\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":3,\"output_tokens\":4000}");
        assertThat(running.control().requests("told").getFirst().usage())
                .contains(new RecordedRequest.Usage(100, 20, 3, 4000, true));
    }

    @Test
    void eachEventLeavesInAChunkOfItsOwnUnlessFragmented() throws IOException {
        running.control().add(StandinScript.answering("chunks").text(5, Duration.ZERO));
        running.control().add(StandinScript.answering("crumbs").fragment(1).text("é"));

        try (RawClient whole = running.connect(); RawClient fragmented = running.connect()) {
            List<String> chunks = whole.send(RawClient.messages(true, "chunks").replace("host:", "connection: close\r\nhost:"))
                    .readAll()
                    .chunks();
            List<String> crumbs = fragmented.send(RawClient.messages(true, "crumbs").replace("host:", "connection: close\r\nhost:"))
                    .readAll()
                    .chunks();

            assertThat(chunks.subList(0, chunks.size() - 1)).allSatisfy(chunk -> assertThat(chunk).matches("(?s)event: .*\n\n"));
            assertThat(crumbs.subList(0, crumbs.size() - 1)).allSatisfy(chunk -> assertThat(chunk).hasSize(1));
        }
    }

    @Test
    void recordsWhatItWasAskedAndWhenEachEventWasWritten() throws IOException {
        running.control().add(StandinScript.answering("record me").stampedText(20, Duration.ofMillis(1)));

        List<SseEvent> events = running.streamFor("record me");
        RecordedRequest recorded = running.control().await("record me", request -> request.endedAt().isPresent(), Duration.ofSeconds(2));

        assertThat(recorded.outcome()).isEqualTo("completed");
        assertThat(recorded.status()).isEqualTo(200);
        assertThat(recorded.body().path("model").asText()).isEqualTo("claude-test");
        assertThat(recorded.events()).extracting(RecordedRequest.Event::type).isEqualTo(SseEvent.names(events));
        assertThat(recorded.events()).extracting(RecordedRequest.Event::at)
                .isSorted()
                .allSatisfy(at -> assertThat(at).isBetween(recorded.arrivedAt(), recorded.endedAt().orElseThrow()));
        List<Long> written = recorded.events()
                .stream()
                .filter(event -> event.type().equals("content_block_delta"))
                .map(RecordedRequest.Event::at)
                .toList();
        List<Stamp> stamps = Stamp.in(SseEvent.text(events));
        assertThat(stamps).extracting(Stamp::index).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        List<Long> gaps = IntStream.range(0, stamps.size())
                .mapToObj(index -> written.get(index) - stamps.get(index).at())
                .sorted()
                .toList();
        assertThat(gaps.getFirst()).as("the least time from stamp to write, in nanoseconds").isNotNegative();
        assertThat(gaps.get(gaps.size() / 2)).as("the median").isLessThan(2_000_000L);
    }

    @Test
    void keepsNoKeyButItsHash() throws IOException {
        running.streamFor("secret");

        RecordedRequest recorded = running.control().requests("secret").getFirst();

        assertThat(recorded.headers().get("x-api-key"))
                .isEqualTo("sha256:62af8704764faf8ea82fc61ce9c4c3908b6cb97d463a634e9e587d7c885db0ef");
        assertThat(recorded.toString()).doesNotContain("test-key");
    }

    @Test
    void withoutStreamingTheMessageComesInOnePiece() throws IOException {
        running.control()
                .add(StandinScript.answering("whole")
                        .thinking("Hm.")
                        .text("One. ")
                        .text("Two.")
                        .toolUse("look", Json.object().put("at", 1)));

        Running.Whole answer = running.whole(RawClient.messages(false, "whole"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("content").toString())
                .isEqualTo("[{\"type\":\"thinking\",\"signature\":\"c3RhbmQtaW4gc2lnbmF0dXJl\",\"thinking\":\"Hm.\"},"
                        + "{\"type\":\"text\",\"text\":\"One. Two.\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"toolu_standin_000001_1\",\"name\":\"look\",\"input\":{\"at\":1}}]");
        assertThat(answer.body().path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(answer.body().at("/usage/output_tokens").asInt()).isPositive();
    }
}
