package org.claudeagentui.service;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Which package may know of which. An arrow that is not drawn here is a decision that nobody took. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java/org/claudeagentui/service");
    private static final Pattern PACKAGE = Pattern.compile("org\\.claudeagentui\\.service\\.([a-z]+)\\.");

    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("wiring", Set.of()),
            Map.entry("settings", Set.of()),
            Map.entry("logging", Set.of("settings")),
            Map.entry("tracing", Set.of("logging", "settings")),
            Map.entry("web", Set.of("logging", "settings", "tracing", "wiring")),
            Map.entry("database", Set.of("settings", "wiring")),
            Map.entry("backups", Set.of("database", "wiring")),
            Map.entry("strapi", Set.of("database", "settings", "tracing", "web")),
            Map.entry("claude", Set.of("settings", "tracing", "web")),
            Map.entry("tools", Set.of("settings", "tracing", "web", "wiring")),
            Map.entry("security", Set.of("database", "strapi", "web", "wiring")),
            Map.entry("idempotency", Set.of("database", "security", "web", "wiring")),
            Map.entry("runs", Set.of("claude", "database", "idempotency", "logging", "security", "settings", "tools", "tracing", "web",
                    "wiring")),
            Map.entry("entries", Set.of("idempotency", "security", "strapi", "web")),
            Map.entry("agents", Set.of("entries", "idempotency", "runs", "settings", "strapi", "tools", "web", "wiring")),
            Map.entry("skills", Set.of("entries", "idempotency", "strapi", "web", "wiring")),
            Map.entry("mcpservers", Set.of("entries", "idempotency", "security", "settings", "strapi", "tools", "web", "wiring")),
            Map.entry("tasks", Set.of("entries", "idempotency", "runs", "security", "strapi", "web", "wiring")),
            Map.entry("chats", Set.of("agents", "claude", "entries", "idempotency", "runs", "security", "strapi", "web", "wiring")),
            Map.entry("uploads", Set.of("claude", "runs", "strapi", "wiring")),
            Map.entry("health", Set.of("database", "settings", "strapi", "wiring")));

    @Test
    void packagesKnowOnlyWhatTheyMay() throws IOException {
        try (var packages = Files.list(SOURCES).filter(Files::isDirectory)) {
            assertThat(packages.toList()).hasSameSizeAs(ARROWS.keySet()).allSatisfy(directory -> {
                var name = directory.getFileName().toString();
                assertThat(ARROWS).containsKey(name);
                assertThat(known(directory)).as("what " + name + " knows of").isSubsetOf(ARROWS.get(name));
            });
        }
    }

    /** {@code jakarta.json.Json} searches the class path at each call, which once made a list of agents five times as dear. */
    @Test
    void jsonIsMadeByTheOneProvider() throws IOException {
        try (var files = Files.walk(SOURCES).filter(Files::isRegularFile)) {
            assertThat(files).isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("import jakarta.json.Json;"));
        }
    }

    private static Set<String> known(Path directory) throws IOException {
        var known = new HashSet<String>();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                PACKAGE.matcher(Files.readString(file)).results().map(match -> match.group(1)).forEach(known::add);
            }
        }
        known.remove(directory.getFileName().toString());
        return known;
    }
}
