package org.claudeagentui.acceptance.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What there is to object to in how a request was answered. */
public final class Objections {
    private static final Set<Integer> OF_THE_PROTOCOL = Set.of(501, 505);
    private static final List<String> MEMBERS = List.of("type", "title", "detail");
    private static final Pattern INSIDES = Pattern.compile(
            "\\b[A-Z]\\w+(Exception|Error)\\b|\\tat |\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|\\b(java|javax|jakarta|io\\.helidon|org\\.glassfish|org\\.claudeagentui|com\\.fasterxml|reactor|sun)\\.[a-z]\\w*\\.\\w"
                    + "|node_modules|node:internal|\\.js:\\d+:\\d+|\\bnginx/|Helidon|Jersey|Traceback");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Objections() {
    }

    /** Each, in words; none where all is well. */
    public static List<String> to(HostileRequest request, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Hung hung -> List.of("neither answered nor closed in time; came so far: " + hung.soFar());
            case Outcome.Cut() -> request.unfinished() ? List.of() : List.of("no answer");
            case Outcome.Bare() -> List.of();
            case Outcome.Answered answer -> to(request, answer);
        };
    }

    private static List<String> to(HostileRequest request, Outcome.Answered answer) {
        List<String> objections = new ArrayList<>();
        if (answer.status() >= 500 && !OF_THE_PROTOCOL.contains(answer.status())) {
            objections.add("status " + answer.status());
        }
        if (answer.status() >= 400 && !request.bodiless()) {
            objections.addAll(toProblem(answer));
        }
        if (answer.status() >= 400 && INSIDES.matcher(answer.body()).find()) {
            objections.add("shows its insides");
        }
        if (answer.others() > 0) {
            objections.add("what came after it was answered");
        }
        if (answer.headers().containsKey("x-injected") || answer.headers().containsKey("set-cookie")) {
            objections.add("a header was injected");
        }
        return objections;
    }

    private static List<String> toProblem(Outcome.Answered answer) {
        if (!answer.header("content-type").startsWith("application/problem+json")) {
            return List.of("no problem but " + answer.header("content-type"));
        }
        try {
            JsonNode problem = JSON.readTree(answer.body());
            List<String> objections = new ArrayList<>();
            MEMBERS.stream()
                    .filter(member -> problem.path(member).asText().isBlank())
                    .forEach(member -> objections.add("a problem without " + member));
            if (problem.path("status").asInt() != answer.status()) {
                objections.add("a problem that says status " + problem.path("status"));
            }
            return objections;
        } catch (JsonProcessingException e) {
            return List.of("a problem that is no JSON");
        }
    }
}
