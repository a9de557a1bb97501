package org.claudeagentui.service.settings;

import org.claudeagentui.service.settings.InvalidSettings.Refusal;
import org.claudeagentui.service.settings.Settings.LogFormat;
import org.claudeagentui.service.settings.Settings.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsTest {
    private static final Map<String, String> LEAST = Map.of("STRAPI_API_TOKEN", "strapi-token", "ANTHROPIC_API_KEY", "model-key",
            "DATABASE_PASSWORD", "database-password");

    @Test
    void defaultsAreTheDocumentedOnes() throws InvalidSettings {
        var settings = Settings.from(LEAST);

        assertThat(settings.http()).isEqualTo(new Settings.Http("0.0.0.0", 3001, Set.of("http://localhost:5173")));
        assertThat(settings.logging()).isEqualTo(new Settings.Logging(LogLevel.INFO, LogFormat.JSON));
        assertThat(settings.runs()).isEqualTo(new Settings.Runs(4, Duration.ofMinutes(5), Optional.of(Duration.ofDays(90))));
        assertThat(settings.strapi().url()).isEqualTo(URI.create("http://strapi:1337"));
        assertThat(settings.model().baseUrl()).isEqualTo(URI.create("https://api.anthropic.com"));
        assertThat(settings.model().resolve("sonnet")).isEqualTo("claude-sonnet-4-5");
        assertThat(settings.model().resolve("claude-x")).isEqualTo("claude-x");
        assertThat(settings.tools().stdioCommands()).isEmpty();
        assertThat(settings.demoMode()).isFalse();
    }

    @Test
    void tracesAreSentWhereACollectorIsNamed() throws InvalidSettings {
        assertThat(Settings.from(LEAST).tracing()).isEmpty();
        assertThat(Settings.from(with(Map.of("OTEL_SERVICE_NAME", "agents"))).tracing()).isEmpty();
        assertThat(Settings.from(with(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/", "OTEL_SERVICE_NAME", "agents",
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20a+b==, x-tenant=1"))).tracing())
                .contains(new Settings.Tracing(URI.create("http://collector:4318"), Map.of("Authorization", new Secret("Basic a+b=="),
                        "x-tenant", new Secret("1")), "agents"));
    }

    @Test
    void eventsCanBeKeptForEver() throws InvalidSettings {
        assertThat(Settings.from(with(Map.of("RUN_EVENTS_DAYS", "0"))).runs().retention()).isEmpty();
    }

    @Test
    void everythingCanBeSet() throws InvalidSettings {
        var settings = Settings.from(with(Map.of("PORT", "80", "LOG_LEVEL", "debug", "LOG_FORMAT", "TEXT", "MAX_WORKERS", "9",
                "REQUEST_TIMEOUT",
                "1500", "CORS_ORIGIN", "https://a.example, https://b.example:8443", "STRAPI_URL", "http://cms:1/", "MODEL_ALIASES",
                "best=claude-best", "DATABASE_SSL", "true", "MCP_STDIO_COMMANDS", "/opt/a, /opt/b")));

        assertThat(settings.http().port()).isEqualTo(80);
        assertThat(settings.http().corsOrigins()).containsExactly("https://a.example", "https://b.example:8443");
        assertThat(settings.logging()).isEqualTo(new Settings.Logging(LogLevel.DEBUG, LogFormat.TEXT));
        assertThat(settings.runs()).isEqualTo(new Settings.Runs(9, Duration.ofMillis(1_500), Optional.of(Duration.ofDays(90))));
        assertThat(settings.strapi().url()).isEqualTo(URI.create("http://cms:1"));
        assertThat(settings.model().aliases()).containsExactly(Map.entry("best", "claude-best"));
        assertThat(settings.database().ssl()).isTrue();
        assertThat(settings.tools().stdioCommands()).containsExactly("/opt/a", "/opt/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STRAPI_API_TOKEN", "ANTHROPIC_API_KEY", "DATABASE_PASSWORD"})
    void missingOrEmptySecretIsNamed(String secret) {
        var without = new HashMap<>(LEAST);
        without.remove(secret);
        assertThat(refusedVariables(without)).containsExactly(secret);
        assertThat(refusedVariables(with(Map.of(secret, " ")))).containsExactly(secret);
    }

    @ParameterizedTest
    @CsvSource({"PORT, 65536", "PORT, x", "MAX_WORKERS, 0", "REQUEST_TIMEOUT, 5m", "REQUEST_TIMEOUT, 999", "RUN_EVENTS_DAYS, -1",
        "LOG_LEVEL, loud",
        "LOG_FORMAT, xml",
        "CORS_ORIGIN, *", "CORS_ORIGIN, https://a.example/path", "CORS_ORIGIN, a.example", "STRAPI_URL, ftp://strapi",
        "STRAPI_URL, strapi:1337",
        "ANTHROPIC_BASE_URL, https://user:pw@host", "MODEL_ALIASES, sonnet", "MODEL_ALIASES, 'a=b,a=c'", "DEMO_MODE, maybe",
        "DATABASE_SSL, 1",
        "DATABASE_PORT, 0", "MCP_STDIO_COMMANDS, node", "MCP_STDIO_COMMANDS, /opt/../bin/sh", "MCP_STDIO_COMMANDS, '/opt/a,'",
        "ANTHROPIC_CA_FILE, /nowhere/ca.pem", "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://collector:4318/v1/traces", "OTEL_EXPORTER_OTLP_ENDPOINT, http://user:pw@collector:4318",
        "OTEL_EXPORTER_OTLP_HEADERS, Authorization", "OTEL_EXPORTER_OTLP_HEADERS, 'a=1,a=2'", "OTEL_EXPORTER_OTLP_HEADERS, a=%0Ab",
        "OTEL_EXPORTER_OTLP_HEADERS, a=%zz"})
    void senselessValueIsNamedWithItsRemedyAndNeverPrinted(String variable, String value) {
        var refusals = refusals(with(Map.of(variable, value)));

        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().variable()).isEqualTo(variable);
        assertThat(refusals.getFirst().remedy()).isNotBlank();
        assertThat(refusals.getFirst().reason()).doesNotContain(value);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(refusedVariables(Map.of("PORT", "x", "LOG_LEVEL", "x"))).containsExactlyInAnyOrder("PORT", "LOG_LEVEL",
                "STRAPI_API_TOKEN",
                "ANTHROPIC_API_KEY", "DATABASE_PASSWORD");
    }

    @Test
    void demoNeedsNoKeyButAStandIn() throws InvalidSettings {
        var demo = new HashMap<>(LEAST);
        demo.remove("ANTHROPIC_API_KEY");
        demo.put("DEMO_MODE", "true");
        assertThat(refusedVariables(demo)).containsExactly("ANTHROPIC_BASE_URL");

        demo.put("ANTHROPIC_BASE_URL", "http://standin:8080");
        assertThat(Settings.from(demo).model().apiKey().value()).isNotBlank();
    }

    @Test
    void secretsComeFromFilesToo(@TempDir Path directory) throws IOException, InvalidSettings {
        var file = Files.writeString(directory.resolve("token"), "from-a-file\n");
        var variables = new HashMap<>(LEAST);
        variables.remove("STRAPI_API_TOKEN");
        variables.put("STRAPI_API_TOKEN_FILE", file.toString());

        assertThat(Settings.from(variables).strapi().token().value()).isEqualTo("from-a-file");
        variables.put("STRAPI_API_TOKEN_FILE", directory.resolve("nowhere").toString());
        assertThat(refusedVariables(variables)).contains("STRAPI_API_TOKEN_FILE");
    }

    @Test
    void secretsDoNotPrint() throws InvalidSettings {
        assertThat(Settings.from(LEAST).toString()).doesNotContain(LEAST.values());
    }

    private static Map<String, String> with(Map<String, String> more) {
        var variables = new HashMap<>(LEAST);
        variables.putAll(more);
        return variables;
    }

    private static List<String> refusedVariables(Map<String, String> variables) {
        return refusals(variables).stream().map(Refusal::variable).toList();
    }

    private static List<Refusal> refusals(Map<String, String> variables) {
        return catchThrowableOfType(InvalidSettings.class, () -> Settings.from(variables)).refusals();
    }
}
