package org.claudeagentui.service.claude;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventStreamParserTest {

    private static final String STREAM = """
            : a comment

            event: message_start
            data: {"text":"é½🌍"}
            id: 7
            retry: 100

            data:no space
            data:  two spaces
            data

            event: nothing

            event: last
            data: x

            """;

    private static final List<ServerSentEvent> EVENTS = List.of(new ServerSentEvent("message_start", "{\"text\":\"é½🌍\"}"),
            new ServerSentEvent("", "no space\n two spaces\n"), new ServerSentEvent("last", "x"));

    @Test
    void readsEventsWhereverTheBytesAreCut() throws Exception {
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= bytes.length; cut++) {
                assertThat(parse(ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut))).isEqualTo(EVENTS);
            }
            assertThat(parse(IntStream.range(0, bytes.length).mapToObj(i -> ByteBuffer.wrap(bytes, i, 1)).toArray(ByteBuffer[]::new)))
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void givesAnEventAsSoonAsItsLastByteHasCome() throws Exception {
        var parser = new EventStreamParser(100);
        assertThat(parser.parse(bytes("data: x\n"))).isEmpty();
        assertThat(parser.parse(bytes("\n"))).containsExactly(new ServerSentEvent("", "x"));
    }

    @Test
    void passesOverAByteOrderMark() throws Exception {
        assertThat(parse(bytes("\uFEFFdata: x\n\n"))).containsExactly(new ServerSentEvent("", "x"));
        assertThat(parse(bytes("data: x\n\n\uFEFFdata: y\n\n"))).containsExactly(new ServerSentEvent("", "x"));
    }

    @Test
    void refusesWhatIsNoUtf8() {
        var parser = new EventStreamParser(100);
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(new byte[]{'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n'})))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.failure()).isInstanceOf(ModelFailure.ProtocolViolated.class));
    }

    @Test
    void refusesAnEventWithoutEnd() throws Exception {
        var parser = new EventStreamParser(20);
        parser.parse(bytes("data: 1234\n\ndata: 12345678\n"));
        assertThatThrownBy(() -> parser.parse(bytes("data: 1"))).isInstanceOfSatisfying(ModelException.class,
                e -> assertThat(e.failure()).isInstanceOf(ModelFailure.ProtocolViolated.class));
    }

    private static List<ServerSentEvent> parse(ByteBuffer... pieces) throws ModelException {
        var parser = new EventStreamParser(1_000);
        var events = new ArrayList<ServerSentEvent>();
        for (ByteBuffer piece : pieces) {
            events.addAll(parser.parse(piece));
        }
        return events;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
