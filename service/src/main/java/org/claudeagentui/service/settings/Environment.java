package org.claudeagentui.service.settings;

import org.claudeagentui.service.settings.InvalidSettings.Refusal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads typed values from environment variables and gathers what is wrong instead of stopping at the first. */
final class Environment {
    private final Map<String, String> variables;
    private final List<Refusal> refusals = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Compose hands over an unset variable as an empty one, so the two are the same here. */
    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String required(String name, String remedy) {
        return text(name).orElseGet(() -> refused(name, "is not set", remedy, "-"));
    }

    <T> T parsed(String name, T fallback, String remedy, Function<String, T> parser) {
        return text(name).map(value -> parse(name, value, fallback, remedy, parser)).orElse(fallback);
    }

    long whole(String name, long fallback, long least, long most) {
        var remedy = "give a whole number from " + least + " to " + most;
        return parsed(name, fallback, remedy, value -> {
            var number = Long.parseLong(value);
            if (number < least || number > most) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    boolean flag(String name, boolean fallback) {
        return parsed(name, fallback, "give true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    <E extends Enum<E>> E choice(String name, E fallback) {
        var type = fallback.getDeclaringClass();
        var choices = String.join(", ", List.of(type.getEnumConstants()).stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList());
        return parsed(name, fallback, "give one of " + choices, value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT)));
    }

    URI url(String name, URI fallback) {
        return parsed(name, fallback, "give an http:// or https:// address without user, query or fragment", Environment::httpUrl);
    }

    /** Where a collector of OpenTelemetry is, to whose address the paths of what it is sent are added. */
    Optional<URI> collector(String name) {
        var remedy = "give the collector's http:// or https:// address without user, query and /v1/traces, such as http://collector:4318, or leave it empty";
        return parsed(name, Optional.empty(), remedy, value -> {
            var url = httpUrl(value);
            if (url.getRawPath().endsWith("/v1/traces")) {
                throw new IllegalArgumentException();
            }
            return Optional.of(url);
        });
    }

    Optional<Path> readableFile(String name) {
        var file = text(name).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            refuse(name, "names a file that can't be read", "mount the file where it says, readable for the service's user");
            return Optional.empty();
        }
        return file;
    }

    Secret secret(String name, String remedy) {
        return optionalSecret(name).orElseGet(() -> new Secret(refused(name, "is not set", remedy, "-")));
    }

    /** What a secret must be like has been judged before the service starts, by {@code check-secrets}. */
    Optional<Secret> optionalSecret(String name) {
        return text(name + "_FILE").map(Path::of).map(file -> contents(name + "_FILE", file)).orElseGet(() -> text(name)).map(Secret::new);
    }

    void refuse(String name, String reason, String remedy) {
        refusals.add(new Refusal(name, reason, remedy));
    }

    void finish() throws InvalidSettings {
        if (!refusals.isEmpty()) {
            throw new InvalidSettings(refusals);
        }
    }

    private Optional<String> contents(String name, Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(content -> !content.isEmpty());
        } catch (IOException e) {
            refuse(name, "names a file that can't be read (" + e.getClass().getSimpleName() + ")",
                    "mount the file where it says, readable for the service's user");
            return Optional.empty();
        }
    }

    private <T> T parse(String name, String value, T fallback, String remedy, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            return refused(name, "has a value that makes no sense here", remedy, fallback);
        }
    }

    private <T> T refused(String name, String reason, String remedy, T inItsPlace) {
        refuse(name, reason, remedy);
        return inItsPlace;
    }

    private static URI httpUrl(String value) {
        try {
            var url = new URI(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            var scheme = Optional.ofNullable(url.getScheme()).orElse("");
            var plain = url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
            if (!plain || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException();
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
