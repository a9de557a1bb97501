package org.claudeagentui.acceptance.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The operator's reference of variables: the tables of {@code docs/configuration.md}. */
record Reference(Map<String, Row> rows, List<String> doubled) {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]*)`");
    private static final Pattern BUILDS = Pattern.compile("builds? of .*");
    private static final Pattern VALUE = Pattern.compile("`([^`]*)`");

    /**
     * What the reference says of one variable.
     *
     * @param fallback the default; empty where it is decided or made, which stands in brackets or under another heading
     * @param readers the containers that use the value
     */
    record Row(String fallback, Set<String> readers) {}

    static Reference parse(String markdown) {
        Map<String, Row> rows = new LinkedHashMap<>();
        List<String> doubled = new ArrayList<>();
        List<String> heading = List.of();
        for (String line : markdown.lines().toList()) {
            if (!line.startsWith("|")) {
                heading = List.of();
                continue;
            }
            List<String> cells = List.of(line.substring(1).strip().split("\\s*\\|\\s*", -1));
            if (heading.isEmpty()) {
                heading = cells.stream().map(String::strip).toList();
                continue;
            }
            Matcher name = NAME.matcher(cells.getFirst().strip());
            if (name.matches() && rows.put(name.group(1), row(heading, cells)) != null) {
                doubled.add(name.group(1));
            }
        }
        return new Reference(rows, doubled);
    }

    private static Row row(List<String> heading, List<String> cells) {
        int fallback = heading.indexOf("Default");
        Matcher value = VALUE.matcher(fallback < 0 ? "" : cells.get(fallback));
        String readers = BUILDS.matcher(cells.get(heading.indexOf("Read by"))).replaceAll("");
        return new Row(value.matches() ? value.group(1) : "", List.of(readers.split(",\\s*", -1))
                .stream()
                .map(String::strip)
                .collect(Collectors.toSet()));
    }
}
