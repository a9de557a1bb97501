package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The catalogue of promises, read from the table the project keeps, in the table's order and wording. */
final class PromiseCatalogue {
    private static final Pattern ROW = Pattern.compile(
            "^## (?<family>.+)$|^\\| (?<id>[A-Z]{3}-\\d+) \\| (?<text>.+) \\| [^|]+ \\|$", Pattern.MULTILINE);

    private final List<CataloguePromise> promises;

    private PromiseCatalogue(List<CataloguePromise> promises) {
        this.promises = List.copyOf(promises);
    }

    static PromiseCatalogue load() {
        try {
            Map<String, List<String>> parts = new ObjectMapper().readValue(resource("parts.json"), new TypeReference<>() {
            });
            return parse(new String(resource("promises.md"), StandardCharsets.UTF_8), parts);
        } catch (IOException e) {
            throw new UncheckedIOException("The catalogue of promises cannot be read", e);
        }
    }

    static PromiseCatalogue parse(String table, Map<String, List<String>> parts) {
        List<CataloguePromise> promises = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        String family = "";
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            if (row.group("family") != null) {
                family = row.group("family").strip();
                continue;
            }
            String id = row.group("id");
            if (!ids.add(id)) {
                throw new IllegalArgumentException("The catalogue lists " + id + " twice");
            }
            promises.add(new CataloguePromise(id, family, row.group("text").strip(), parts.getOrDefault(id, List.of())));
        }
        for (String id : parts.keySet()) {
            if (!ids.contains(id)) {
                throw new IllegalArgumentException("Parts are declared for " + id + ", which the catalogue does not list");
            }
        }
        return new PromiseCatalogue(promises);
    }

    List<CataloguePromise> promises() {
        return promises;
    }

    Optional<CataloguePromise> find(String id) {
        return promises.stream().filter(promise -> promise.id().equals(id)).findFirst();
    }

    /** Says what is wrong with a test's claim, or nothing when the catalogue knows it. */
    Optional<String> objection(String id, String part) {
        Optional<CataloguePromise> promise = find(id);
        if (promise.isEmpty()) {
            return Optional.of(id + " is not in the catalogue");
        }
        List<String> parts = promise.get().parts();
        if (parts.isEmpty() && !part.isEmpty()) {
            return Optional.of(id + " declares no parts, yet a test names the part \"" + part + "\"");
        }
        if (!parts.isEmpty() && !parts.contains(part)) {
            return Optional.of(id + " declares no part \"" + part + "\"; it has " + parts);
        }
        return Optional.empty();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PromiseCatalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("No resource " + name + " beside " + PromiseCatalogue.class.getName());
            }
            return in.readAllBytes();
        }
    }
}
