package org.claudeagentui.acceptance.configuration;

import org.claudeagentui.acceptance.stack.EnvFile;
import org.claudeagentui.acceptance.stack.Service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares, in each direction, what {@code .env.example}, the compose files, the programs in the containers and the
 * reference in {@code docs/} say of the stack's variables.
 */
public final class ConfigurationAgreement {
    private static final String EXAMPLE = ".env.example";
    private static final String TOPOLOGY = "docker-compose.yml";
    private static final String REFERENCE = "docs/configuration.md";
    // Of the built revision, not of the stack: no settings.
    private static final Set<String> OF_THE_REVISION = Set.of("BUILD_DATE", "VCS_REF");
    // Given by the image, and by an overlay that an operator writes: docker-compose.yml has no business with them.
    private static final Set<String> FROM_ELSEWHERE = Set.of("SERVICE_REVISION", "ANTHROPIC_CA_FILE");
    private static final Pattern READ_BY_SERVICE = Pattern.compile("environment\\s*\\.\\w+\\(\"([A-Z_]+)\"");
    private static final Pattern READ_BY_STRAPI = Pattern.compile(
            "\\b(?:required|text|integer|flag|oneOf|list)\\('(?<name>[A-Z_]+)'(?:, (?<fallback>'[^']*'|\\d+|true|false)(?=[,)]))?");
    private static final Pattern SHELL_DEFAULT = Pattern.compile("\\$\\{(?<name>[A-Z_]+):-(?<fallback>\\w+)}");

    private final Checkout checkout;
    private final EnvFile example;
    private final Topology topology;
    private final Reference reference;
    private final List<String> disagreements = new ArrayList<>();
    private int compared;

    private ConfigurationAgreement(Checkout checkout) {
        this.checkout = checkout;
        this.example = EnvFile.read(checkout.root().resolve(EXAMPLE));
        this.topology = Topology.parse(checkout.read(TOPOLOGY));
        this.reference = Reference.parse(checkout.read(REFERENCE));
    }

    /** Compares the files of a checkout. */
    public static ConfigurationAgreement of(Path root) {
        ConfigurationAgreement agreement = new ConfigurationAgreement(new Checkout(root));
        agreement.compareReference();
        agreement.checkout.composeFiles().forEach(agreement::compareComposeFile);
        agreement.compareUse();
        agreement.compareReaders();
        agreement.compareService();
        agreement.compareStrapi();
        agreement.compareFrontend();
        return agreement;
    }

    /** Where the files differ; each line names a variable and two places. Empty where they agree. */
    public List<String> disagreements() {
        return List.copyOf(disagreements);
    }

    /** What was compared. */
    public String describe() {
        return "%d variables of %s, %d of %s, the compose files %s, the settings of Strapi, the service and nginx: %d comparisons"
                .formatted(
                        example.names().size(), EXAMPLE, reference.rows().size(), REFERENCE, checkout.composeFiles(), compared);
    }

    private void compareReference() {
        demandSame("variables", EXAMPLE, example.names(), REFERENCE, reference.rows().keySet());
        reference.doubled().forEach(name -> disagreements.add(name + " stands twice in " + REFERENCE));
        reference.rows().forEach((name, row) -> demandEqual(name, EXAMPLE, byExample(name), REFERENCE, row.fallback()));
    }

    private void compareComposeFile(String file) {
        for (Interpolation used : Interpolation.in(checkout.read(file))) {
            String name = used.variable();
            compared++;
            if (!example.names().contains(name)) {
                boolean handedIn = !used.required() && used.fallback().isEmpty();
                boolean ofAnOverlay = used.required() && !file.equals(TOPOLOGY);
                if (!handedIn && !ofAnOverlay && !OF_THE_REVISION.contains(name)) {
                    disagreements.add("%s interpolates %s, which %s does not have".formatted(file, name, EXAMPLE));
                }
            } else if (used.required()) {
                demandEqual(name, EXAMPLE, byExample(name), file + " (required)", "");
            } else if (!byExample(name).isEmpty()) {
                demandEqual(name, EXAMPLE, byExample(name), file, used.fallback());
            }
        }
    }

    // A variable that neither a compose file nor ./stack looks at would be dead.
    private void compareUse() {
        String command = checkout.readAll("stack.d", ".bash");
        Set<String> interpolated = checkout.composeFiles()
                .stream()
                .flatMap(file -> Interpolation.in(checkout.read(file)).stream())
                .map(Interpolation::variable)
                .collect(Collectors.toSet());
        for (String name : example.names()) {
            compared++;
            if (!interpolated.contains(name) && !Pattern.compile("\\b" + name + "\\b").matcher(command).find()) {
                disagreements.add("%s has %s, which neither a compose file nor stack.d reads".formatted(EXAMPLE, name));
            }
        }
    }

    private void compareReaders() {
        Map<String, Set<String>> readers = new LinkedHashMap<>();
        for (String service : topology.names()) {
            topology.environment(service)
                    .values()
                    .stream()
                    .flatMap(value -> Interpolation.in(value).stream())
                    .forEach(used -> readers.computeIfAbsent(used.variable(), name -> new TreeSet<>()).add(service));
        }
        reference.rows().forEach((name, row) -> {
            Set<String> said = new TreeSet<>(row.readers());
            said.retainAll(topology.names());
            demandEqual(name, TOPOLOGY + " gives it to", String.valueOf(readers.getOrDefault(name, Set.of())), REFERENCE + " to",
                    said.toString());
        });
    }

    private void compareService() {
        Set<String> read = new TreeSet<>();
        READ_BY_SERVICE.matcher(checkout.readAll("service/src/main/java/org/claudeagentui/service/settings", ".java"))
                .results()
                .forEach(found -> read.add(found.group(1)));
        read.removeAll(FROM_ELSEWHERE);
        demandSame("environment", TOPOLOGY + " of express", topology.environment(Service.EXPRESS).keySet(), "the service's settings", read);
    }

    private void compareStrapi() {
        Map<String, String> given = new LinkedHashMap<>(topology.environment(Service.STRAPI));
        given.remove("NODE_ENV"); // Node's and Strapi's own
        Set<String> read = new LinkedHashSet<>();
        READ_BY_STRAPI.matcher(checkout.readAll("docker/strapi/config", ".js") + checkout.readAll("docker/strapi/src", ".js"))
                .results()
                .forEach(found -> {
                    String name = found.group("name");
                    read.add(name);
                    if (found.group("fallback") != null && given.containsKey(name)) {
                        demandEqual(name, TOPOLOGY, Interpolation.byDefault(given.get(name)), "docker/strapi", found.group("fallback")
                                .replace(
                                        "'", ""));
                    }
                });
        demandSame("environment", TOPOLOGY + " of strapi", given.keySet(), "Strapi's configuration", read);
    }

    private void compareFrontend() {
        Map<String, String> given = topology.environment(Service.FRONTEND);
        Map<String, String> read = new LinkedHashMap<>();
        SHELL_DEFAULT.matcher(checkout.read("docker/frontend/entrypoint"))
                .results()
                .forEach(found -> read.put(found.group("name"), found.group("fallback")));
        demandSame("environment", TOPOLOGY + " of frontend", given.keySet(), "docker/frontend/entrypoint", read.keySet());
        read.forEach((name, fallback) -> demandEqual(name, TOPOLOGY, Interpolation.byDefault(given.getOrDefault(name, "")),
                "docker/frontend/entrypoint", fallback));
    }

    private String byExample(String name) {
        return example.get(name).orElse("");
    }

    private void demandEqual(String name, String oneSays, String one, String otherSays, String other) {
        compared++;
        if (!one.equals(other)) {
            disagreements.add("%s: %s \"%s\", %s \"%s\"".formatted(name, oneSays, one, otherSays, other));
        }
    }

    private void demandSame(String what, String oneHas, Set<String> one, String otherHas, Set<String> other) {
        compared += Math.max(one.size(), other.size());
        one.stream()
                .filter(name -> !other.contains(name))
                .forEach(name -> disagreements.add("%s: among the %s of %s, not of %s".formatted(
                        name, what, oneHas, otherHas)));
        other.stream()
                .filter(name -> !one.contains(name))
                .forEach(name -> disagreements.add("%s: among the %s of %s, not of %s".formatted(
                        name, what, otherHas, oneHas)));
    }
}
