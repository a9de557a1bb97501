package org.claudeagentui.acceptance.stack;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many probes of one place's view of the network, several at a time; each is given three seconds. */
public final class Probing {
    private static final int PATIENCE_SECONDS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    // Eight at a time: the smallest container may have 64 processes.
    private static final String SCRIPT = """
            probe() {
              local kind=${1%%:*} rest=${1#*:} said
              if [[ $kind == name ]]; then
                if timeout 3 getent hosts "$rest" >/dev/null 2>&1; then echo "$1 RESOLVED"; else echo "$1 UNKNOWN"; fi
              elif said=$(timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "${rest%:*}" "${rest#*:}" 2>&1); then
                echo "$1 CONNECTED"
              elif [[ $said == *refused* ]]; then
                echo "$1 REFUSED"
              else
                echo "$1 UNREACHABLE"
              fi
            }
            n=0
            for question; do
              ((++n <= 8)) || wait -n
              probe "$question" &
            done
            wait
            """;

    private Probing() {
    }

    /** What is asked of a place. */
    public sealed interface Question {
        /** Whether a name has an address there. */
        record Name(String name) implements Question {
            @Override
            public String toString() {
                return "name:" + name;
            }
        }

        /** Whether a TCP connection can be opened from there. */
        record Connection(String host, int port) implements Question {
            @Override
            public String toString() {
                return "tcp:" + host + ":" + port;
            }
        }
    }

    /** What became of a probe. */
    public enum Outcome {
        RESOLVED, UNKNOWN, CONNECTED, REFUSED, UNREACHABLE;

        /** Whether the name was found, or the connection opened. */
        public boolean positive() {
            return this == RESOLVED || this == CONNECTED;
        }
    }

    /** Asks everything in one command, in a container. */
    public static Map<Question, Outcome> from(Shell place, List<? extends Question> questions) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", SCRIPT, "probes"));
        questions.forEach(question -> command.add(question.toString()));
        Map<String, Outcome> said = new LinkedHashMap<>();
        place.run(DEADLINE, command)
                .orThrow()
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(line -> said.put(line[0], Outcome.valueOf(line[1])));
        Map<Question, Outcome> outcomes = new LinkedHashMap<>();
        questions.forEach(question -> outcomes.put(question, outcome(said, question)));
        return outcomes;
    }

    private static Outcome outcome(Map<String, Outcome> said, Question question) {
        Outcome outcome = said.get(question.toString());
        if (outcome == null) {
            throw new IllegalStateException("No answer to " + question + " among " + said);
        }
        return outcome;
    }

    /** Tries connections from this machine, all at a time. */
    public static Map<Question, Outcome> fromHere(List<Question.Connection> connections) {
        Map<Question, Outcome> outcomes = new LinkedHashMap<>();
        try (ExecutorService tries = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Question, CompletableFuture<Outcome>> running = new LinkedHashMap<>();
            connections.forEach(connection -> running.put(connection, CompletableFuture.supplyAsync(() -> connect(connection), tries)));
            running.forEach((connection, outcome) -> outcomes.put(connection, outcome.join()));
        }
        return outcomes;
    }

    private static Outcome connect(Question.Connection connection) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(connection.host(), connection.port()), PATIENCE_SECONDS * 1000);
            return Outcome.CONNECTED;
        } catch (ConnectException e) {
            return Outcome.REFUSED;
        } catch (IOException e) {
            return Outcome.UNREACHABLE;
        }
    }
}
