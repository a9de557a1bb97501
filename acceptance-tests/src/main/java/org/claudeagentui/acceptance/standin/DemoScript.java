package org.claudeagentui.acceptance.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the stand-in answers when no script does: pleasant, about the input, and plain about what it is. */
final class DemoScript {
    private static final Duration PACE = Duration.ofMillis(22);
    private static final Duration THINKING_PACE = Duration.ofMillis(15);
    private static final int QUOTE_LENGTH = 280;
    private static final int LINE_LENGTH = 160;
    private static final String SIGNATURE = "c3RhbmQtaW4gc2lnbmF0dXJl";

    private DemoScript() {
    }

    static List<Step> answer(MessagesRequest request) {
        List<Step> steps = new ArrayList<>();
        if (request.thinks()) {
            steps.add(new Step.Thinking(Deltas.of(thoughts(request), THINKING_PACE), SIGNATURE));
        }
        String text = text(request);
        Optional<MessagesRequest.Stopped> stopped = request.stopIn(text);
        List<String> tokens = Tokens.split(stopped.map(MessagesRequest.Stopped::before).orElse(text));
        boolean cut = tokens.size() > request.maxTokens();
        String told = cut ? String.join("", tokens.subList(0, request.maxTokens())) : String.join("", tokens);
        if (!told.isEmpty()) {
            steps.add(new Step.Text(Deltas.of(told, PACE)));
        }
        if (cut) {
            steps.add(new Step.StopReason("max_tokens", Optional.empty()));
        } else if (stopped.isPresent()) {
            steps.add(new Step.StopReason("stop_sequence", stopped.map(MessagesRequest.Stopped::sequence)));
        }
        return steps;
    }

    private static String text(MessagesRequest request) {
        List<String> questions = request.said("user");
        String opening = questions.size() == 1
                ? "Hello! I am the **stand-in** of this demo, not Claude: a small program that answers by rule, so that you can try the "
                        + "application without an API key. Nothing you write here is sent to Anthropic."
                : "Still the **stand-in** here, not Claude. This is turn " + questions.size()
                        + " of our conversation; before this you wrote “"
                        + line(questions.get(questions.size() - 2)) + "”.";
        return opening + "\n\nYou wrote:\n\n" + quoted(request.input()) + "\n\n" + observations(request) + "\n\n## What a run does\n\n"
                + steps(request)
                + "\n\nTo hear from Claude itself, set `ANTHROPIC_API_KEY` and `DEMO_MODE=false` in `.env` and run `./stack up` again.\n";
    }

    private static String observations(MessagesRequest request) {
        String input = request.input().strip();
        long words = input.isEmpty() ? 0 : input.split("\\s+", -1).length;
        String kind = input.endsWith("?")
                ? "It is a question, which Claude would answer; all I can do is tell you that it arrived whole"
                : "I can't judge what it means, only that it arrived whole";
        return "That is " + words + (words == 1 ? " word" : " words") + " in " + input.codePointCount(0, input.length()) + " characters. "
                + kind + ", about " + request.usage().inputTokens() + " tokens with everything around it.";
    }

    private static String steps(MessagesRequest request) {
        String system = request.system().lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst().orElse("");
        List<String> points = new ArrayList<>();
        points.add(system.isEmpty()
                ? "Your agent has no system prompt; one would come with every request."
                : "Your agent's system prompt came along. It begins: “" + line(system) + "”");
        points.add("The model asked for is `" + line(request.model()).replace('`', '\'') + "`, with at most " + request.maxTokens()
                + " tokens for the answer.");
        List<String> tools = request.toolNames();
        if (!tools.isEmpty()) {
            points.add(String.format(Locale.ROOT, "%d %s offered: `%s`. Claude might call them; I don't.", tools.size(),
                    tools.size() == 1 ? "tool is" : "tools are", line(String.join("`, `", tools))));
        }
        points.add("These words reach you one by one, as Claude's would, through the same journal and the same event stream.");
        return "- " + String.join("\n- ", points);
    }

    private static String thoughts(MessagesRequest request) {
        return "I am a stand-in and don't think; these words stand where thoughts would. The input has "
                + request.input().codePointCount(0, request.input().length()) + " characters.";
    }

    private static String quoted(String text) {
        return shortened(text.strip(), QUOTE_LENGTH).lines()
                .map(line -> line.isEmpty() ? ">" : "> " + line)
                .reduce((above, below) -> above + "\n" + below)
                .orElse("> (nothing)");
    }

    private static String line(String text) {
        return shortened(text.strip().replaceAll("\\s+", " "), LINE_LENGTH);
    }

    private static String shortened(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints)).stripTrailing() + "…";
    }
}
