package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads scripts strictly: an unknown field, a wrong type or a number out of bounds is refused by name. */
final class ScriptReader {
    static final int MAX_STEPS = 1000;
    static final int MAX_DELTAS = 100_000;
    static final int MAX_DELTA_LENGTH = 16 * 1024;
    static final int MAX_TEXT = 256 * 1024;
    static final long MAX_PACE_MICROS = 60_000_000;
    static final long MAX_WAIT_MILLIS = 600_000;
    private static final int MAX_NAME = 200;
    private static final Duration DEFAULT_STALL = Duration.ofMinutes(5);

    private ScriptReader() {
    }

    static Script read(JsonNode json) throws ScriptException {
        Fields fields = Fields.of("", json);
        String name = fields.text("name", MAX_NAME).orElse("");
        Optional<Fields> match = fields.object("match");
        Match matched = match.isPresent() ? match(match.get()) : match(Fields.of("match", Json.object()));
        Optional<Integer> times = times(fields);
        List<Step> steps = new ArrayList<>();
        for (Fields step : fields.objects("steps", MAX_STEPS)) {
            steps.add(step(step));
            step.refuseOthers();
        }
        fields.refuseOthers();
        return new Script(name, matched, times, List.copyOf(steps), json);
    }

    private static Match match(Fields fields) throws ScriptException {
        Match match = new Match(fields.text("inputContains", MAX_TEXT), fields.text("conversationContains", MAX_TEXT),
                fields.text("systemContains", MAX_TEXT), fields.text("model", MAX_NAME), fields.flag("stream"));
        fields.refuseOthers();
        return match;
    }

    private static Optional<Integer> times(Fields fields) throws ScriptException {
        Optional<JsonNode> times = fields.json("times");
        if (times.isEmpty()) {
            return Optional.of(1);
        }
        if (times.get().isTextual() && times.get().textValue().equals("always")) {
            return Optional.empty();
        }
        if (!times.get().isInt() || times.get().intValue() < 1) {
            throw fields.wrong("times", "must be a whole number from 1, or \"always\"");
        }
        return Optional.of(times.get().intValue());
    }

    private static Step step(Fields fields) throws ScriptException {
        String type = fields.requiredText("type", MAX_NAME);
        return switch (type) {
            case "headers" ->
                new Step.Headers(status(fields, 200), fields.headers("headers"), micros(fields, "paceMicros", MAX_PACE_MICROS));
            case "respond" -> respond(fields);
            case "delay" -> new Step.Delay(delay(fields));
            case "messageStart" -> new Step.MessageStart();
            case "text" -> new Step.Text(deltas(fields));
            case "thinking" -> new Step.Thinking(deltas(fields), fields.text("signature", MAX_TEXT).orElse("c3RhbmQtaW4gc2lnbmF0dXJl"));
            case "toolUse" -> toolUse(fields);
            case "ping" -> new Step.Ping();
            case "event" ->
                new Step.Event(eventName(fields), fields.json("data").orElseThrow(() -> fields.wrong("data", "is required")));
            case "error" -> new Step.StreamError(ApiError.ofType(fields.text("errorType", MAX_NAME).orElse("overloaded_error"),
                    fields.text("message", MAX_TEXT).orElse("Overloaded")));
            case "usage" -> usage(fields);
            case "stopReason" -> new Step.StopReason(fields.requiredText("reason", MAX_NAME), fields.text("sequence", MAX_TEXT));
            case "messageStop" -> new Step.MessageStop();
            case "fragment" -> new Step.Fragment(required(fields, "bytes", 1, MAX_TEXT));
            case "cut" -> cut(fields);
            case "garbage" -> new Step.Garbage(fields.number("bytes", 1, MAX_TEXT, 64), fields.flag("framed").orElse(true));
            case "raw" -> new Step.Raw(base64(fields), fields.flag("framed").orElse(true));
            case "reset" -> new Step.Reset();
            case "close" -> new Step.Close();
            case "stall" -> new Step.Stall(
                    fields.number("maxMillis", 1, MAX_WAIT_MILLIS).map(Duration::ofMillis).orElse(DEFAULT_STALL));
            default -> throw fields.wrong("type", "must be one of headers, respond, delay, messageStart, text, thinking, toolUse, ping, "
                    + "event, error, usage, stopReason, messageStop, fragment, cut, garbage, raw, reset, close, stall");
        };
    }

    private static Step respond(Fields fields) throws ScriptException {
        int status = status(fields, 500);
        String type = ApiError.typeOf(status);
        Optional<JsonNode> body = fields.json("body");
        String text = body.map(json -> json.isTextual() ? json.textValue() : Json.text(json))
                .orElseGet(() -> status < 400 ? "" : Json.text(new ApiError(status, type, "Scripted " + type).body("req_scripted")));
        return new Step.Respond(status, fields.headers("headers"), text);
    }

    private static Duration delay(Fields fields) throws ScriptException {
        Optional<Long> micros = fields.number("micros", 0, MAX_WAIT_MILLIS * 1000);
        Optional<Long> millis = fields.number("millis", 0, MAX_WAIT_MILLIS);
        if (micros.isPresent() == millis.isPresent()) {
            throw fields.wrong("millis", "or micros is required, and not both");
        }
        return micros.map(value -> Duration.ofNanos(value * 1000)).or(() -> millis.map(Duration::ofMillis)).orElse(Duration.ZERO);
    }

    private static Deltas deltas(Fields fields) throws ScriptException {
        Optional<String> text = fields.text("text", MAX_TEXT);
        Optional<Long> length = fields.number("deltaLength", 1, MAX_DELTA_LENGTH);
        Optional<Long> count = fields.number("count", 1, MAX_DELTAS);
        Optional<Long> size = fields.number("size", 1, MAX_DELTA_LENGTH);
        boolean stamp = fields.flag("stamp").orElse(false);
        Duration pace = micros(fields, "paceMicros", MAX_PACE_MICROS);
        if (text.isPresent() == count.isPresent()) {
            throw fields.wrong("text", "or count is required, and not both");
        }
        if (text.isPresent() && size.isPresent()) {
            throw fields.wrong("size", "goes with count; deltaLength goes with text");
        }
        if (count.isPresent() && length.isPresent()) {
            throw fields.wrong("deltaLength", "goes with text; size goes with count");
        }
        return new Deltas(text, length.map(Long::intValue), count.orElse(0L).intValue(), size.orElse(4L).intValue(), stamp, pace);
    }

    private static Step toolUse(Fields fields) throws ScriptException {
        String input = Json.text(fields.json("input").orElseGet(Json::object));
        int length = fields.number("deltaLength", 1, MAX_DELTA_LENGTH, 12);
        Duration pace = micros(fields, "paceMicros", MAX_PACE_MICROS);
        return new Step.ToolUse(fields.text("id", MAX_NAME), fields.requiredText("name", MAX_NAME), Deltas.of(input, length, pace));
    }

    private static String eventName(Fields fields) throws ScriptException {
        String name = fields.requiredText("name", MAX_NAME);
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw fields.wrong("name", "must consist of letters, digits, dots, hyphens and underscores");
        }
        return name;
    }

    private static Step usage(Fields fields) throws ScriptException {
        long max = 1_000_000_000L;
        return new Step.ReportUsage(fields.number("inputTokens", 0, max), fields.number("cacheCreationInputTokens", 0, max),
                fields.number("cacheReadInputTokens", 0, max), fields.number("outputTokens", 0, max));
    }

    private static Step cut(Fields fields) throws ScriptException {
        Ending ending = ending(fields);
        Optional<Long> after = fields.number("afterBytes", 0, Integer.MAX_VALUE);
        Optional<String> inside = fields.text("inside", MAX_NAME).filter(text -> !text.isEmpty());
        if (after.isPresent() == inside.isPresent()) {
            throw fields.wrong("afterBytes", "or inside is required, and not both");
        }
        if (inside.isPresent()) {
            int longest = inside.get().getBytes(UTF_8).length;
            return new Step.CutInside(inside.get(), fields.number("bytes", 0, longest, Math.min(1, longest)), ending);
        }
        return new Step.CutAfter(after.get(), fields.flag("fromHere").orElse(false), ending);
    }

    private static Ending ending(Fields fields) throws ScriptException {
        String by = fields.text("by", MAX_NAME).orElse("reset");
        return switch (by) {
            case "reset", "close", "stall" -> Ending.valueOf(by.toUpperCase(Locale.ROOT));
            default -> throw fields.wrong("by", "must be reset, close or stall");
        };
    }

    private static String base64(Fields fields) throws ScriptException {
        Optional<String> base64 = fields.text("base64", MAX_TEXT);
        Optional<String> text = fields.text("text", MAX_TEXT);
        if (base64.isPresent() == text.isPresent()) {
            throw fields.wrong("base64", "or text is required, and not both");
        }
        String encoded = base64.or(() -> text.map(plain -> Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)))).orElse("");
        try {
            Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("base64", "is not Base64: " + e.getMessage());
        }
        return encoded;
    }

    private static int status(Fields fields, int absent) throws ScriptException {
        return fields.number("status", 200, 599, absent);
    }

    private static Duration micros(Fields fields, String name, long max) throws ScriptException {
        return Duration.ofNanos(fields.number(name, 0, max).orElse(0L) * 1000);
    }

    private static int required(Fields fields, String name, int min, int max) throws ScriptException {
        return fields.number(name, min, max).map(Long::intValue).orElseThrow(() -> fields.wrong(name, "is required"));
    }
}
