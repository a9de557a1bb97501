package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.StandinScript.Cut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class FaultTest {
    private final Running running = new Running();

    FaultTest() throws IOException {
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void resetsAfterTheMessagesStart() throws IOException {
        RawClient.Received received = play(StandinScript.answering("x").messageStart().reset());

        assertThat(received.failure()).get().isInstanceOf(SocketException.class).hasToString("java.net.SocketException: Connection reset");
        assertThat(SseEvent.names(SseEvent.parse(new String(received.body(), UTF_8)))).containsExactly("message_start");
        assertThat(outcome()).isEqualTo("reset");
    }

    @Test
    void resetsBeforeAnyByte() throws IOException {
        RawClient.Received received = play(StandinScript.answering("x").reset());

        assertThat(received.text()).isEmpty();
        assertThat(received.failure()).isPresent();
    }

    @Test
    void closesBeforeTheMessagesStop() throws IOException {
        RawClient.Received received = play(StandinScript.answering("x").text("abc").stopReason("end_turn").close());

        assertThat(received.failure()).isEmpty();
        assertThat(received.ended()).isFalse();
        assertThat(SseEvent.parse(new String(received.body(), UTF_8)).getLast().name()).isEqualTo("message_delta");
        assertThat(outcome()).isEqualTo("closed");
    }

    @Test
    void stallsAfterTheMessagesStopWithoutEndingTheBody() throws IOException {
        running.control().add(StandinScript.answering("x").text("abc").messageStop().stall(Duration.ofMillis(50)));
        try (RawClient client = running.connect()) {
            RawClient.Received received = client.send(RawClient.messages(true, "x")).readAll();

            PublishedGrammar.check(SseEvent.parse(new String(received.body(), UTF_8)));
            assertThat(received.ended()).isFalse();
            assertThat(outcome()).isEqualTo("stalled");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "CLOSE"})
    void cutsInsideAUtf8Sequence(Cut by) throws IOException {
        RawClient.Received received = play(StandinScript.answering("x").text("plain ").cutInside("🌊", 2, by).text("a 🌊 wave"));

        byte[] body = received.body();
        assertThat(body[body.length - 2]).isEqualTo((byte) 0xf0);
        assertThat(body[body.length - 1]).isEqualTo((byte) 0x9f);
        assertThat(received.failure().isPresent()).isEqualTo(by == Cut.RESET);
    }

    @Test
    void cutsInsideAJsonString() throws IOException {
        RawClient.Received received = play(StandinScript.answering("x").cutInside("wave", 2, Cut.CLOSE).text("a wave"));

        assertThat(new String(received.body(), UTF_8)).endsWith("\"text\":\" wa");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "7", "150", "1000"})
    void cutsAfterAnyCountOfBytes(int bytes) throws IOException {
        RawClient.Received received = play(StandinScript.answering("x").cutAfter(bytes, Cut.RESET).text(100, Duration.ZERO));

        assertThat(received.body()).hasSize(bytes);
        assertThat(running.control().requests("x").getFirst().outcome()).isEqualTo("reset");
    }

    @Test
    void cutsADocumentToo() throws IOException {
        running.control().add(StandinScript.answering("x").cutAfter(10, Cut.CLOSE).text("abc"));
        try (RawClient client = running.connect()) {
            assertThat(new String(client.send(RawClient.messages(false, "x")).readAll().body(), UTF_8)).isEqualTo("{\"model\":\"");
        }
    }

    @Test
    void talksNonsenseInsideAndOutsideTheFraming() throws IOException {
        RawClient.Received framed = play(StandinScript.answering("x").messageStart().garbage(32).close());
        RawClient.Received unframed = play(StandinScript.answering("x").unframedGarbage(32).close());

        assertThat(framed.chunks().getLast()).hasSize(32);
        assertThat(unframed.text()).hasSize(32).doesNotStartWith("HTTP");
    }

    @Test
    void sendsBytesAndEventsAsGiven() throws IOException {
        RawClient.Received received = play(StandinScript.answering("x")
                .messageStart()
                .event("brand_new", Json.object().put("type", "brand_new"))
                .raw("data: no event\n\n")
                .close());

        assertThat(new String(received.body(), UTF_8)).endsWith("event: brand_new\ndata: {\"type\":\"brand_new\"}\n\ndata: no event\n\n");
    }

    @Test
    void sendsItsHeadByteByByte() throws IOException {
        running.control().add(StandinScript.answering("x").headers(Duration.ofMillis(1)).text("late"));
        long before = System.nanoTime();

        List<SseEvent> events = running.streamFor("x");

        PublishedGrammar.check(events);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void delaysItsHead() throws IOException {
        running.control().add(StandinScript.answering("x").delay(Duration.ofMillis(200)).text("late"));
        try (RawClient client = running.connect()) {
            long before = System.nanoTime();

            assertThat(client.send(RawClient.messages(true, "x")).in().read()).isEqualTo('H');

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @CsvSource({"429,rate_limit_error", "500,api_error", "529,overloaded_error"})
    void answersWithErrors(int status, String type) throws IOException {
        running.control().add(StandinScript.answering("x").respond(status, Map.of("retry-after", "3")));

        Running.Whole answer = running.whole(RawClient.messages(true, "x"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head()).contains("retry-after: 3");
        assertThat(answer.body().path("type").asText()).isEqualTo("error");
        assertThat(answer.body().at("/error/type").asText()).isEqualTo(type);
        assertThat(running.control().requests("x").getFirst().status()).isEqualTo(status);
    }

    @Test
    void anErrorEventEndsTheStream() throws IOException {
        running.control().add(StandinScript.answering("x").text("so far").error("overloaded_error", "Overloaded"));

        List<SseEvent> events = running.streamFor("x");

        assertThat(events.getLast().name()).isEqualTo("error");
        assertThat(events.getLast().data().at("/error/type").asText()).isEqualTo("overloaded_error");
        assertThat(running.control().requests("x").getFirst().usage()).get().extracting(RecordedRequest.Usage::last).isEqualTo(false);
    }

    @Test
    void withoutStreamingAnErrorHasItsStatus() throws IOException {
        running.control().add(StandinScript.answering("x").text("so far").error("overloaded_error", "Overloaded"));

        assertThat(running.whole(RawClient.messages(false, "x")).status()).isEqualTo(529);
    }

    private RawClient.Received play(StandinScript script) throws IOException {
        running.control().add(script);
        try (RawClient client = running.connect()) {
            return client.send(RawClient.messages(true, "x")).readAll();
        }
    }

    private String outcome() {
        return running.control().await("x", request -> !request.outcome().equals("open"), Duration.ofSeconds(2)).outcome();
    }
}
