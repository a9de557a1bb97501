package org.claudeagentui.acceptance.standin;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A step of a trace as a collector was told of it.
 *
 * @param trace the trace's id
 * @param id its own
 * @param parent that of the step that it is a part of; empty where it is the first
 * @param name what was done
 * @param attributes what else is told of it, as text
 */
public record TraceSpan(String trace, String id, String parent, String name, Map<String, String> attributes) {

    static List<TraceSpan> of(byte[] batch) {
        try {
            return ExportTraceServiceRequest.parseFrom(batch)
                    .getResourceSpansList()
                    .stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(TraceSpan::of)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("A batch is none of OTLP's", e);
        }
    }

    private static TraceSpan of(Span span) {
        Map<String, String> attributes = span.getAttributesList()
                .stream()
                .collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
        return new TraceSpan(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()), span.getName(), attributes);
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> String.valueOf(value.getIntValue());
            default -> value.toString();
        };
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
