import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Runs the service from its mounted sources: compiles them, starts the service, and does both again after each edit. Sources that don't
 * compile leave the running service as it is. It looks at the files' times, because not every kind of mount tells of edits made outside.
 */
final class Develop {
    private static final Path SOURCES = Path.of("/app/src/main");
    private static final Path LIBRARIES = Path.of("/app/libs");
    private static final Path OUTPUT = Path.of("/tmp/classes");
    private static final String MAIN_CLASS = "org.claudeagentui.service.Main";
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(3);
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError",
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:9230");

    private Optional<Process> service = Optional.empty();
    private int builds;

    void main() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopService));
        var built = Map.<Path, String>of();
        while (true) {
            var seen = quietSources();
            if (!seen.equals(built)) {
                built = seen;
                build().ifPresent(this::restart);
            }
            Thread.sleep(LOOK);
        }
    }

    /** The sources once nobody writes them any more, each with what changes when it is edited. */
    private static Map<Path, String> quietSources() throws IOException, InterruptedException {
        var before = sources();
        while (true) {
            Thread.sleep(LOOK);
            var now = sources();
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
    }

    private static Map<Path, String> sources() throws IOException {
        var found = new HashMap<Path, String>();
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                stateOf(path).ifPresent(state -> found.put(path, state));
            }
        }
        return found;
    }

    private static Optional<String> stateOf(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(attributes.lastModifiedTime() + " " + attributes.size()) : Optional.empty();
        } catch (NoSuchFileException e) {
            // Renamed or removed since the folder was listed: the next look sees it.
            return Optional.empty();
        }
    }

    /** Compiles everything into a new folder; nothing where the compiler refuses. */
    private Optional<Path> build() throws IOException {
        long started = System.nanoTime();
        var classes = Files.createDirectories(OUTPUT.resolve(String.valueOf(++builds)));
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-cp", libraries(), "-parameters", "-proc:none", "-g", "-nowarn"));
        try (Stream<Path> tree = Files.walk(SOURCES.resolve("java"))) {
            tree.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            say("The sources don't compile: the service stays as it is until the next edit.");
            remove(classes);
            return Optional.empty();
        }
        copyTree(SOURCES.resolve("resources"), classes);
        say("Compiled in %d ms.".formatted(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)));
        return Optional.of(classes);
    }

    // The java command knows what DIRECTORY/* stands for; the compiler's own interface doesn't.
    private static String libraries() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void restart(Path classes) {
        stopService();
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classes + File.pathSeparator + LIBRARIES + "/*", MAIN_CLASS));
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            process.onExit().thenAccept(ended -> say("The service ended with status " + ended.exitValue() + "."));
            synchronized (this) {
                service = Optional.of(process);
            }
            removeAllBut(classes);
        } catch (IOException e) {
            throw new UncheckedIOException("The service can't be started", e);
        }
    }

    private synchronized void stopService() {
        service.filter(Process::isAlive).ifPresent(process -> {
            process.destroy();
            try {
                if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void removeAllBut(Path kept) throws IOException {
        try (Stream<Path> folders = Files.list(OUTPUT)) {
            for (Path folder : folders.filter(each -> !each.equals(kept)).toList()) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    private static void say(String message) {
        System.err.println("develop: " + message);
    }
}
