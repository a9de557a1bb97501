package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.core.JsonGenerator;
import org.claudeagentui.acceptance.standin.http.HttpRequest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is kept of one call of a tool. Of the headers' values it keeps none. Times are nanoseconds since 1970. */
final class ToolCall {
    private final String name;
    private final String arguments;
    private final List<String> headerNames;
    private final Optional<String> authorization;
    private final long arrivedAt;
    private long endedAt;
    private long hungUpAt;

    /**
     * A call that has come.
     *
     * @param arguments as JSON
     */
    ToolCall(String name, String arguments, HttpRequest request) {
        this.name = name;
        this.arguments = arguments;
        this.headerNames = request.headers().keySet().stream().sorted().toList();
        this.authorization = request.header("authorization").map(Fingerprint::of);
        this.arrivedAt = request.arrivedAt();
    }

    boolean argumentsContain(String text) {
        return arguments.contains(text);
    }

    synchronized void ended(long at) {
        endedAt = at;
    }

    synchronized void hungUp(long at) {
        hungUpAt = at;
    }

    long bytes() {
        return 256L + 2L * (name.length() + arguments.length() + String.join("", headerNames).length());
    }

    synchronized void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeFieldName("arguments");
        json.writeRawValue(arguments);
        json.writeObjectField("headerNames", headerNames);
        if (authorization.isPresent()) {
            json.writeStringField("authorization", authorization.get());
        }
        json.writeNumberField("arrivedAt", arrivedAt);
        if (endedAt != 0) {
            json.writeNumberField("endedAt", endedAt);
        }
        if (hungUpAt != 0) {
            json.writeNumberField("hungUpAt", hungUpAt);
        }
        json.writeEndObject();
    }
}
