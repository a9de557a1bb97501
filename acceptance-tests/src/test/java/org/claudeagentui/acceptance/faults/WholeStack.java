package org.claudeagentui.acceptance.faults;

import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.DeadlineMissedException;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.SseReader;
import org.claudeagentui.acceptance.stack.SseReader.SseEvent;
import org.claudeagentui.acceptance.standin.StandinClient;
import org.claudeagentui.acceptance.standin.StandinScript;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What clients have of a stack that is whole: the web UI, Strapi and the service's API through the front door, readiness, and
 * a run that streams to its end. Lists are asked for many at once, so that every connection of a pool has to do its part.
 */
public final class WholeStack {
    private static final int MORE_THAN_A_POOL = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ComposeStack stack;
    private final String word;
    private final String agent;

    private WholeStack(ComposeStack stack, String word, String agent) {
        this.stack = stack;
        this.word = word;
        this.agent = agent;
    }

    /** Of a stack that is whole right now: makes an agent there, and a script for the model. */
    public static WholeStack of(ComposeStack stack) {
        String word = "whole-" + UUID.randomUUID();
        String agent = Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"Witness %s\",\"systemPrompt\":\"Answer what you are asked.\",\"model\":\"sonnet\"}".formatted(word))
                .orThrow()
                .json()
                .at("/id")
                .asText();
        try (StandinClient standin = new StandinClient(URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT")))) {
            standin.add(StandinScript.answering(word).text("As you wish.").always());
        }
        return new WholeStack(stack, word, agent);
    }

    /** What its clients don't have right now; empty where it is whole. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Optional<String>>> questions = addresses()
                    .map(url -> CompletableFuture.supplyAsync(() -> complaint(url), threads))
                    .toList();
            questions.forEach(question -> question.join().ifPresent(complaints::add));
        }
        return complaints.isEmpty() ? runComplaint().stream().toList() : complaints.stream().distinct().toList();
    }

    private Stream<String> addresses() {
        String service = "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        return Stream.concat(Stream.of(stack.frontDoor() + "/", stack.frontDoor() + "/strapi/_health", service + "/health/ready"),
                Stream.generate(() -> stack.frontDoor() + "/api/agents?search=" + UUID.randomUUID()).limit(MORE_THAN_A_POOL));
    }

    private static Optional<String> complaint(String url) {
        Optional<Answer> answer = Http.tryGet(url, PATIENCE);
        return answer.filter(Answer::succeeded).isPresent()
                ? Optional.empty()
                : Optional.of(URI.create(url).getPath() + " " + answer.map(said -> String.valueOf(said.status())).orElse("no answer"));
    }

    private Optional<String> runComplaint() {
        try {
            List<SseEvent> events = SseReader.post(stack.frontDoor() + "/api/agents/" + agent + "/execute",
                    "{\"input\":\"" + word + "\"}", PATIENCE);
            return Optional.of(events.isEmpty() ? "nothing" : events.getLast().type())
                    .filter(end -> !end.equals("run.completed"))
                    .map(end -> "a run ends with " + end);
        } catch (DeadlineMissedException | IllegalStateException e) {
            return Optional.of("a run: " + e.getMessage());
        }
    }
}
