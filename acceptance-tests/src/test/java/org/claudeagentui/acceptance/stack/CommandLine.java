package org.claudeagentui.acceptance.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs commands with an environment that holds nothing of the caller's but what finds the engine, and with a deadline. */
final class CommandLine {
    private static final ExecutorService READERS = Executors.newVirtualThreadPerTaskExecutor();
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    // Left alone by a run that was killed, a command would go on making what the next run's sweep has just removed.
    private static final List<String> DIE_WITH_US = Files.isExecutable(SETPRIV)
            ? List.of(SETPRIV.toString(), "--pdeathsig", "TERM")
            : List.of();

    private CommandLine() {
    }

    static CommandResult run(Path directory, Map<String, String> environment, Duration deadline, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(DIE_WITH_US.stream(), command.stream()).toList()).directory(directory
                .toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        clear(builder.environment());
        builder.environment().putAll(environment);
        Instant started = Instant.now();
        try {
            Process process = builder.start();
            CompletableFuture<String> out = reading(process.getInputStream());
            CompletableFuture<String> err = reading(process.getErrorStream());
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
                throw new DeadlineMissedException(String.join(" ", command), deadline, "Its last words: " + lastWords(out) + lastWords(
                        err));
            }
            return new CommandResult(command, process.exitValue(), lastWords(out), lastWords(err), Duration.between(started, Instant
                    .now()));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be run".formatted(command.getFirst()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + String.join(" ", command), e);
        }
    }

    private static void clear(Map<String, String> environment) {
        environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME") && !name.startsWith("DOCKER_"));
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("A command's output cannot be read", e);
            }
        }, READERS);
    }

    // A grandchild may hold the pipe open after the command itself ended; its words are not waited for.
    private static String lastWords(CompletableFuture<String> output) throws InterruptedException {
        try {
            return output.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "(its output was still open)";
        } catch (ExecutionException e) {
            return "(its output cannot be read: " + e.getCause() + ")";
        }
    }

    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
