package org.claudeagentui.service.tracing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step of a trace that has ended.
 *
 * @param context where it stands
 * @param parent the context of the step that it is a part of
 * @param kind what it is toward others
 * @param name what was done, of a small set of names
 * @param start when it began
 * @param end when it ended
 * @param attributes what is told of it, by names of OpenTelemetry's semantic conventions
 * @param error what kind of error it ended with
 */
record EndedSpan(TraceContext context, Optional<TraceContext> parent, Span.Kind kind, String name, Instant start, Instant end,
        Map<String, Attribute> attributes, Optional<String> error) {

    EndedSpan {
        attributes = Map.copyOf(attributes);
    }

    /** What can be told. */
    sealed interface Attribute {
        record Text(String value) implements Attribute {}

        record Whole(long value) implements Attribute {}

        record Texts(List<String> values) implements Attribute {
            public Texts {
                values = List.copyOf(values);
            }
        }
    }
}
