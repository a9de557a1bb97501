package org.claudeagentui.service.claude;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts {@code text/event-stream} into events, wherever the network cuts the bytes. Only whole lines are decoded, so a
 * character may be cut too.
 */
final class EventStreamParser {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxEventBytes;
    private byte[] line = new byte[512];
    private int lineLength;
    private int eventBytes;
    private boolean firstLine = true;
    private boolean afterCarriageReturn;
    private String name = "";
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;

    EventStreamParser(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /** The events that these bytes complete, in order. */
    List<ServerSentEvent> parse(ByteBuffer bytes) throws ModelException {
        var events = new ArrayList<ServerSentEvent>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean secondHalfOfLineEnd = next == '\n' && afterCarriageReturn;
            afterCarriageReturn = next == '\r';
            if (secondHalfOfLineEnd) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                endLine(events);
            } else {
                append(next);
            }
        }
        return events;
    }

    private void append(byte next) throws ModelException {
        if (++eventBytes > maxEventBytes) {
            throw violation("an event is longer than " + maxEventBytes + " bytes");
        }
        if (lineLength == line.length) {
            line = Arrays.copyOf(line, line.length * 2);
        }
        line[lineLength++] = next;
    }

    private void endLine(List<ServerSentEvent> events) throws ModelException {
        String text = decodeLine();
        if (text.isEmpty()) {
            endEvent(events);
        } else {
            readField(text);
        }
    }

    private String decodeLine() throws ModelException {
        int start = firstLine && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
        firstLine = false;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, start, lineLength - start)).toString();
        } catch (CharacterCodingException e) {
            throw new ModelException(new ModelFailure.ProtocolViolated("The model's answer is not UTF-8."), e);
        } finally {
            lineLength = 0;
        }
    }

    private boolean startsWithByteOrderMark() {
        int length = BYTE_ORDER_MARK.length;
        return lineLength >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    private void readField(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(text.startsWith(": ", colon) ? colon + 2 : colon + 1);
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                if (hasData) {
                    data.append('\n');
                }
                data.append(value);
                hasData = true;
            }
            default -> {
                // Comments (an empty name), ids and retry times say nothing to a request that is never resumed.
            }
        }
    }

    private void endEvent(List<ServerSentEvent> events) {
        if (hasData) {
            events.add(new ServerSentEvent(name, data.toString()));
        }
        name = "";
        data.setLength(0);
        hasData = false;
        eventBytes = 0;
    }

    private static ModelException violation(String what) {
        return new ModelException(new ModelFailure.ProtocolViolated("The model's answer breaks the wire format: " + what + "."));
    }
}
