package org.claudeagentui.service.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that an operator can set, read once at the start.
 *
 * @param http where the service listens and whom it lets in
 * @param logging what is logged and how
 * @param strapi where agents are kept
 * @param model the Messages API
 * @param runs bounds of runs
 * @param tools what tools may be started
 * @param database where runs are kept
 * @param tracing where traces are sent; nothing where they aren't
 * @param demoMode whether the model is a stand-in, which every answer of a run says
 * @param revision the commit that the service was built from
 */
public record Settings(Http http, Logging logging, Strapi strapi, Model model, Runs runs, Tools tools, Database database,
        Optional<Tracing> tracing, boolean demoMode, String revision) {
    private static final String DEFAULT_ALIASES = "haiku=claude-haiku-4-5,sonnet=claude-sonnet-4-5,opus=claude-opus-4-5";
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * Reads the settings.
     *
     * @param variables the environment variables; an empty one counts as unset
     * @return the settings
     * @throws InvalidSettings naming every variable that is missing or wrong
     */
    public static Settings from(Map<String, String> variables) throws InvalidSettings {
        var environment = new Environment(variables);
        var demoMode = environment.flag("DEMO_MODE", false);
        var settings = new Settings(Http.from(environment), Logging.from(environment), Strapi.from(environment),
                Model.from(environment, demoMode), Runs.from(environment), Tools.from(environment), Database.from(environment),
                Tracing.from(environment), demoMode,
                environment.text("SERVICE_REVISION").orElse("unknown"));
        environment.finish();
        return settings;
    }

    /**
     * Where the service listens and whom it lets in.
     *
     * @param host address to bind
     * @param port TCP port; 0 takes a free one
     * @param corsOrigins web origins whose pages may call the service
     */
    public record Http(String host, int port, Set<String> corsOrigins) {
        static Http from(Environment environment) {
            return new Http(environment.text("HOST").orElse("0.0.0.0"), (int) environment.whole("PORT", 3001, 0, 65_535),
                    environment.parsed("CORS_ORIGIN", Set.of("http://localhost:5173"),
                            "give one or more origins such as https://example.org, separated by commas; a wildcard would let every web page in",
                            Http::origins));
        }

        private static Set<String> origins(String value) {
            var origins = new LinkedHashSet<String>();
            for (var origin : value.split(",", -1)) {
                var url = URI.create(origin.strip());
                if (url.getHost() == null || !(url.getScheme() + "://" + url.getRawAuthority()).equals(origin.strip())) {
                    throw new IllegalArgumentException();
                }
                origins.add(origin.strip());
            }
            return Collections.unmodifiableSet(origins);
        }
    }

    /**
     * What is logged and how.
     *
     * @param level the least important level that is written
     * @param format how a line looks
     */
    public record Logging(LogLevel level, LogFormat format) {
        static Logging from(Environment environment) {
            return new Logging(environment.choice("LOG_LEVEL", LogLevel.INFO), environment.choice("LOG_FORMAT", LogFormat.JSON));
        }
    }

    /** How much is logged. */
    public enum LogLevel {
        /** What needs a human. */
        ERROR,
        /** What went wrong but was coped with, too. */
        WARN,
        /** What happens, too. */
        INFO,
        /** What the service does and why, too. */
        DEBUG,
        /** All that the libraries have to say, too. */
        TRACE
    }

    /** How a log line looks. */
    public enum LogFormat {
        /** One JSON object a line. */
        JSON,
        /** For reading at a terminal. */
        TEXT
    }

    /**
     * Where agents are kept.
     *
     * @param url Strapi's root, without a slash at its end
     * @param token the API token that Strapi was told of
     */
    public record Strapi(URI url, Secret token) {
        static Strapi from(Environment environment) {
            return new Strapi(environment.url("STRAPI_URL", URI.create("http://strapi:1337")),
                    environment.secret("STRAPI_API_TOKEN", "give the token that Strapi was started with"));
        }
    }

    /**
     * The Messages API.
     *
     * @param baseUrl its root, without a slash at its end
     * @param apiKey the key sent as {@code x-api-key}
     * @param caFile certificates to trust besides the system's, PEM
     * @param aliases short names of models and the ids they stand for, in the operator's order
     */
    public record Model(URI baseUrl, Secret apiKey, Optional<Path> caFile, SequencedMap<String, String> aliases) {
        static Model from(Environment environment, boolean demoMode) {
            if (demoMode && environment.text("ANTHROPIC_BASE_URL").isEmpty()) {
                environment.refuse("ANTHROPIC_BASE_URL", "is not set although DEMO_MODE is true", "give the stand-in's address");
            }
            var key = environment.optionalSecret("ANTHROPIC_API_KEY");
            if (key.isEmpty() && !demoMode) {
                environment.refuse("ANTHROPIC_API_KEY", "is not set", "give a key of the Messages API, or set DEMO_MODE=true");
            }
            return new Model(environment.url("ANTHROPIC_BASE_URL", URI.create("https://api.anthropic.com")),
                    key.orElseGet(() -> new Secret("demo")), environment.readableFile("ANTHROPIC_CA_FILE"),
                    environment.parsed("MODEL_ALIASES", aliases(DEFAULT_ALIASES), "give alias=model pairs separated by commas",
                            Model::aliases));
        }

        /**
         * The model that a name stands for.
         *
         * @param name an alias or a model's full id
         * @return the alias's model, or the name itself where it is no alias
         */
        public String resolve(String name) {
            return aliases.getOrDefault(name, name);
        }

        private static SequencedMap<String, String> aliases(String value) {
            var aliases = new LinkedHashMap<String, String>();
            for (var pair : value.split(",", -1)) {
                var parts = Arrays.stream(pair.split("=", -1)).map(String::strip).toList();
                if (parts.size() != 2 || !parts.stream().allMatch(part -> ALIAS.matcher(part).matches())
                        || aliases.put(parts.getFirst(), parts.getLast()) != null) {
                    throw new IllegalArgumentException();
                }
            }
            return Collections.unmodifiableSequencedMap(aliases);
        }
    }

    /**
     * Bounds of runs.
     *
     * @param maxWorkers most runs at once in this replica
     * @param timeout longest time from a run's start to its end
     * @param retention how long a run's events are kept after its end; nothing means for ever
     */
    public record Runs(int maxWorkers, Duration timeout, Optional<Duration> retention) {
        static Runs from(Environment environment) {
            return new Runs((int) environment.whole("MAX_WORKERS", 4, 1, 1_000),
                    Duration.ofMillis(environment.whole("REQUEST_TIMEOUT", 300_000, 1_000, 86_400_000)),
                    Optional.of(Duration.ofDays(environment.whole("RUN_EVENTS_DAYS", 90, 0, 36_500))).filter(Duration::isPositive));
        }
    }

    /**
     * What tools may be started.
     *
     * @param stdioCommands absolute paths of the programs that may be started as MCP servers
     */
    public record Tools(Set<String> stdioCommands) {
        static Tools from(Environment environment) {
            return new Tools(environment.parsed("MCP_STDIO_COMMANDS", Set.of(), "give absolute paths of programs, separated by commas",
                    Tools::commands));
        }

        private static Set<String> commands(String value) {
            var commands = new LinkedHashSet<String>();
            for (var command : value.split(",", -1)) {
                var path = Path.of(command.strip());
                if (!path.isAbsolute() || !path.normalize().toString().equals(command.strip())) {
                    throw new IllegalArgumentException();
                }
                commands.add(command.strip());
            }
            return Collections.unmodifiableSet(commands);
        }
    }

    /**
     * Where traces are sent, by the standard names of OpenTelemetry.
     *
     * @param endpoint the collector's root, without a slash at its end
     * @param headers what each request to it carries; they may be secret
     * @param serviceName what the service is called there
     */
    public record Tracing(URI endpoint, Map<String, Secret> headers, String serviceName) {
        private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
        private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

        /** Keeps the headers from being changed. */
        public Tracing {
            headers = Map.copyOf(headers);
        }

        static Optional<Tracing> from(Environment environment) {
            var headers = environment.parsed("OTEL_EXPORTER_OTLP_HEADERS", Map.<String, Secret>of(),
                    "give name=value pairs separated by commas, values percent-encoded", Tracing::headers);
            var serviceName = environment.text("OTEL_SERVICE_NAME").orElse("claude-agent-ui");
            return environment.collector("OTEL_EXPORTER_OTLP_ENDPOINT").map(endpoint -> new Tracing(endpoint, headers, serviceName));
        }

        private static Map<String, Secret> headers(String value) {
            var headers = new LinkedHashMap<String, Secret>();
            for (var pair : value.split(",", -1)) {
                var parts = pair.split("=", 2);
                var name = parts[0].strip();
                // A plus is a plus here, not a blank.
                var text = parts.length == 2 ? URLDecoder.decode(parts[1].strip().replace("+", "%2B"), StandardCharsets.UTF_8) : "";
                if (!HEADER.matcher(name).matches() || !HEADER_VALUE.matcher(text).matches() || headers.put(name, new Secret(
                        text)) != null) {
                    throw new IllegalArgumentException();
                }
            }
            return headers;
        }
    }

    /**
     * Where runs are kept.
     *
     * @param host the server's name or address
     * @param port its port
     * @param name the database
     * @param username the role, owner of its schema
     * @param password the role's password
     * @param ssl whether the connection must be encrypted
     */
    public record Database(String host, int port, String name, String username, Secret password, boolean ssl) {
        static Database from(Environment environment) {
            return new Database(environment.text("DATABASE_HOST").orElse("postgres"), (int) environment.whole("DATABASE_PORT", 5432, 1,
                    65_535),
                    environment.text("DATABASE_NAME").orElse("claude_agent_ui"), environment.text("DATABASE_USERNAME").orElse("express"),
                    environment.secret("DATABASE_PASSWORD", "give the password of the service's database role"),
                    environment.flag("DATABASE_SSL", false));
        }
    }
}
