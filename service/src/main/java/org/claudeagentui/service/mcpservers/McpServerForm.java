package org.claudeagentui.service.mcpservers;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.entries.EntryForm;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Rule;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What clients may say of an MCP server. What it is told in secret lasts: clients can't read it, and so not send it again. */
final class McpServerForm extends EntryForm {
    private static final Pattern TRANSPORT = Pattern.compile("stdio|sse|http");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E]{1,8000}");
    /** What the connection itself says. */
    private static final Set<String> TAKEN = Set.of("accept", "connection", "content-length", "content-type", "expect", "host",
            "last-event-id", "mcp-protocol-version", "mcp-session-id", "transfer-encoding", "upgrade");
    private static final int MOST_ENTRIES = 50;
    private static final int LONGEST_URL = 2_000;

    McpServerForm(Set<String> programs) {
        super(form(Set.copyOf(programs)), Set.of("env", "headers"));
    }

    private static Form form(Set<String> programs) {
        var rules = new LinkedHashMap<String, Rule>();
        rules.put("name", Rule.text(1, 100));
        rules.put("description", Rule.text(0, 2_000));
        rules.put("transport", Rule.pattern(TRANSPORT, "one of stdio, sse, http"));
        rules.put("command", value -> value instanceof JsonString command && programs.contains(command.getString())
                ? Optional.empty()
                : Optional.of("has to be a program that the operator allows with MCP_STDIO_COMMANDS: " + (programs.isEmpty()
                        ? "there is none"
                        : String.join(", ", programs.stream().sorted().toList()))));
        rules.put("args", Rule.sequence(MOST_ENTRIES, Rule.text(0, 2_000)));
        rules.put("url", McpServerForm::urlComplaint);
        rules.put("env", Rule.map(MOST_ENTRIES, Rule.pattern(VARIABLE, "a name of letters, digits and underscores"), Rule.text(0, 8_000)));
        rules.put("headers", Rule.map(MOST_ENTRIES, Rule.pattern(HEADER, "a header's name").and(McpServerForm::takenComplaint),
                Rule.pattern(HEADER_VALUE, "a text of 1 to 8000 ASCII characters on one line"))
                .and(McpServerForm::twiceComplaint));
        rules.put("disabled", Rule.flag());
        rules.put("startupTimeoutMs", Rule.whole(500, 120_000));
        return new Form(rules, Set.of("name", "transport"));
    }

    @Override
    protected List<FieldError> contradictions(JsonObject server) {
        return Arrays.stream(McpServer.Transport.values())
                .filter(transport -> server.get("transport") instanceof JsonString text && text.getString().equals(transport.wireName()))
                .filter(transport -> !isSet(server, transport.needed()))
                .map(transport -> new FieldError(transport.needed(), "is missing: the transport " + transport.wireName() + " needs it"))
                .toList();
    }

    @Override
    protected JsonValue unset(String name) {
        return name.equals("disabled") ? JsonValue.FALSE : JsonValue.NULL;
    }

    private static Optional<String> urlComplaint(JsonValue value) {
        return value instanceof JsonString text && text.getString().length() <= LONGEST_URL && isAddress(text.getString())
                ? Optional.empty()
                : Optional.of("has to be an http:// or https:// address with a host, without user and fragment");
    }

    static boolean isAddress(String text) {
        try {
            var url = new URI(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null && url.getUserInfo() == null
                    && url.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> takenComplaint(JsonValue name) {
        return name instanceof JsonString text && TAKEN.contains(text.getString().toLowerCase(Locale.ROOT))
                ? Optional.of("can't be " + text.getString() + ", which the connection itself sends")
                : Optional.empty();
    }

    private static Optional<String> twiceComplaint(JsonValue headers) {
        var names = headers.asJsonObject().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return Set.copyOf(names).size() == names.size() ? Optional.empty() : Optional.of("has a header twice");
    }
}
