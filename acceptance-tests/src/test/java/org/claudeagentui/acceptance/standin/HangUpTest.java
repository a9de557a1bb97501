package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A client's leaving is noticed when it happens, whatever the stand-in is doing. */
class HangUpTest {
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final Running running = new Running();

    HangUpTest() throws IOException {
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    enum Leaving {
        BY_CLOSE, BY_RESET
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheHead(Leaving leaving) throws IOException {
        try (RawClient client = running.connect()) {
            running.control().add(StandinScript.answering("leave").delay(Duration.ofSeconds(30)).text("never"));
            client.send(RawClient.messages(true, "leave"));
            running.control().await("leave", request -> request.script().startsWith("script"), Duration.ofSeconds(2));

            leaveAndCheck(client, leaving);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inAStall(Leaving leaving) throws IOException {
        try (RawClient client = running.connect()) {
            running.control().add(StandinScript.answering("leave").messageStart().stall(Duration.ofSeconds(30)));
            client.send(RawClient.messages(true, "leave")).readUntil("message_start");

            leaveAndCheck(client, leaving);
        }
    }

    @ParameterizedTest
    @EnumSource
    void betweenTwoDeltas(Leaving leaving) throws IOException {
        try (RawClient client = running.connect()) {
            running.control().add(StandinScript.answering("leave").text(5, Duration.ofSeconds(10)));
            client.send(RawClient.messages(true, "leave")).readUntil("text_delta");

            leaveAndCheck(client, leaving);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileTheClientDoesNotRead(Leaving leaving) throws IOException {
        try (RawClient client = running.connect()) {
            running.control().add(StandinScript.answering("leave").bulkText(20_000, 4096));
            client.send(RawClient.messages(true, "leave")).readUntil("text_delta");

            leaveAndCheck(client, leaving);
        }
    }

    private void leaveAndCheck(RawClient client, Leaving leaving) throws IOException {
        long left = EpochNanos.now();
        switch (leaving) {
            case BY_CLOSE -> client.close();
            case BY_RESET -> client.reset();
        }
        RecordedRequest recorded = running.control().await("leave", request -> request.endedAt().isPresent(), Duration.ofSeconds(2));
        assertThat(recorded.outcome()).isEqualTo("hung-up");
        assertThat(Duration.ofNanos(recorded.hungUpAt().orElseThrow() - left)).isBetween(Duration.ZERO, AT_ONCE);
        assertThat(Duration.ofNanos(recorded.endedAt().orElseThrow() - left)).isLessThan(AT_ONCE);
    }
}
