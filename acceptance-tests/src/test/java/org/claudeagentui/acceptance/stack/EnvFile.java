package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.Secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An env file as Compose and {@code ./stack} read it: names and values, in their order. */
public final class EnvFile {
    private static final Pattern LINE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]*");
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|SALT|TOKEN|API_KEY|APP_KEYS)$");

    private final Map<String, String> values;

    private EnvFile(Map<String, String> values) {
        this.values = values;
    }

    /** Gives an env file with these values. */
    public static EnvFile of(Map<String, String> values) {
        return new EnvFile(new LinkedHashMap<>(values));
    }

    /** Reads an env file; comments and empty lines are dropped. */
    public static EnvFile read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The env file " + file + " cannot be read", e);
        }
    }

    static EnvFile parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> values.put(line.group(1), unquoted(line.group(2).strip())));
        return new EnvFile(values);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (value.charAt(0) == '\'' || value.charAt(0) == '"') && value.charAt(0) == value.charAt(value
                .length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Gives the value of a variable; a variable set to nothing counts as absent. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** Names of all variables, also of those set to nothing, in the file's order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Gives the value of a variable that must be there. */
    public String require(String name) {
        return get(name).orElseThrow(() -> new IllegalStateException("The env file has no " + name));
    }

    /** Gives this file with another value for one variable. */
    public EnvFile with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new EnvFile(changed);
    }

    /** Gives this file without a variable. */
    public EnvFile without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.remove(name);
        return new EnvFile(changed);
    }

    /** Names of the variables that hold secrets. */
    public Set<String> secretNames() {
        return values.keySet().stream().filter(name -> SECRET.matcher(name).matches()).collect(Collectors.toSet());
    }

    /** Hides the values of all secrets of this file from reports and messages. */
    public void hideSecrets() {
        secretNames().stream().flatMap(name -> get(name).stream()).forEach(value -> {
            Secrets.register(value);
            for (String part : value.split(",", -1)) {
                Secrets.register(part);
            }
        });
    }

    /** Writes this file, readable by its owner alone. */
    public void write(Path file) {
        String text = values.entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException("The env file " + file + " cannot be written", e);
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value + "'";
    }
}
