package org.claudeagentui.acceptance.hostile;

import org.claudeagentui.acceptance.openapi.Operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A request that is still sound, for attacks to spoil. Its head is made of characters that stand for a byte each. */
final class Draft {
    private final Operation operation;
    private final Map<String, String> members;
    private final List<String> headers = new ArrayList<>();
    private String method;
    private String target;
    private String version = "HTTP/1.1";
    private byte[] body;
    private boolean lengthTold = true;
    private boolean unfinished;

    /**
     * A request for an operation.
     *
     * @param members the body's members, each value as JSON; empty where the operation takes no body
     */
    Draft(Operation operation, String target, Map<String, String> members, List<String> headers) {
        this.operation = operation;
        this.method = operation.method();
        this.target = target;
        this.members = new LinkedHashMap<>(members);
        this.headers.addAll(headers);
        body = new byte[0];
        if (operation.body().isPresent()) {
            header("Content-Type: application/json");
            object();
        }
    }

    Operation operation() {
        return operation;
    }

    /** The body's members: a change of them takes effect with {@link #object}. */
    Map<String, String> members() {
        return members;
    }

    /** Has the members as its body. */
    Draft object() {
        return body(members.entrySet()
                .stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}")));
    }

    String target() {
        return target;
    }

    Draft target(String other) {
        target = other;
        return this;
    }

    Draft method(String other) {
        method = other;
        return this;
    }

    Draft version(String other) {
        version = other;
        return this;
    }

    Draft header(String line) {
        headers.add(line);
        return this;
    }

    Draft without(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return this;
    }

    byte[] body() {
        return body;
    }

    Draft body(String text) {
        return body(text.getBytes(UTF_8));
    }

    Draft body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /** Says nothing of the body's length by itself: a header that the attack adds does. */
    Draft lengthUntold() {
        lengthTold = false;
        return this;
    }

    /** Has no end, but that of the connection. */
    Draft unfinished() {
        unfinished = true;
        return this;
    }

    HostileRequest request(String kind) {
        StringBuilder head = new StringBuilder(method).append(' ').append(target);
        head.append(version.isEmpty() ? "" : " " + version).append("\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (lengthTold && (body.length > 0 || operation.body().isPresent())) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n").append(new String(body, ISO_8859_1));
        return new HostileRequest(kind, head.toString(), method.equals("HEAD"), unfinished);
    }
}
