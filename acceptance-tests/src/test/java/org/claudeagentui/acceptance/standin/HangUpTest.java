package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** A client's leaving is noticed when it happens, whatever the stand-in is doing. */
class HangUpTest {
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration EVEN_WHEN_BUSY = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;

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
        check(leaving, script -> script.delay(Duration.ofSeconds(30)).text("never"), "");
    }

    @ParameterizedTest
    @EnumSource
    void inAStall(Leaving leaving) throws IOException {
        check(leaving, script -> script.messageStart().stall(Duration.ofSeconds(30)), "message_start");
    }

    @ParameterizedTest
    @EnumSource
    void betweenTwoDeltas(Leaving leaving) throws IOException {
        check(leaving, script -> script.text(5, Duration.ofSeconds(10)), "text_delta");
    }

    @ParameterizedTest
    @EnumSource
    void whileTheClientDoesNotRead(Leaving leaving) throws IOException {
        check(leaving, script -> script.bulkText(20_000, 4096), "text_delta");
    }

    private void check(Leaving leaving, UnaryOperator<StandinScript> script, String leaveAfter) throws IOException {
        List<Duration> delays = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            delays.add(delay(leaving, script.apply(StandinScript.answering("leave " + attempt)), "leave " + attempt, leaveAfter));
        }
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, EVEN_WHEN_BUSY));
        assertThat(Collections.min(delays)).isLessThan(AT_ONCE);
    }

    private Duration delay(Leaving leaving, StandinScript script, String input, String leaveAfter) throws IOException {
        try (RawClient client = running.connect()) {
            running.control().add(script);
            client.send(RawClient.messages(true, input)).readUntil(leaveAfter);
            running.control().await(input, request -> request.script().startsWith("script"), Duration.ofSeconds(5));
            long left = EpochNanos.now();
            switch (leaving) {
                case BY_CLOSE -> client.hangUp();
                case BY_RESET -> client.reset();
            }
            RecordedRequest recorded = running.control().await(input, request -> request.endedAt().isPresent(), Duration.ofSeconds(5));
            assertThat(recorded.outcome()).isEqualTo("hung-up");
            assertThat(recorded.endedAt().orElseThrow()).isBetween(left, recorded.hungUpAt().orElseThrow() + EVEN_WHEN_BUSY.toNanos());
            return Duration.ofNanos(recorded.hungUpAt().orElseThrow() - left);
        }
    }
}
