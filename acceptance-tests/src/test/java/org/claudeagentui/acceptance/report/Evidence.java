package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a test leaves behind: what it expected, what it saw, figures, tables and pictures. A test receives it as a parameter; a test
 * that leaves none fails, since nobody could tell what it proved. Secrets are taken out when it is recorded.
 */
public final class Evidence {
    private final List<String> expected = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();
    private final PictureFolder folder;

    Evidence() {
        this(PictureFolder.ofThisRun());
    }

    Evidence(PictureFolder folder) {
        this.folder = folder;
    }

    /** Adds a line on what should be seen if the promise holds. */
    public Evidence expected(String line) {
        expected.add(Secrets.redact(line));
        return this;
    }

    /** Adds a line on what was seen. */
    public Evidence observed(String line) {
        observed.add(Secrets.redact(line));
        return this;
    }

    /** Adds a measured value with its unit; a later value of the same name replaces an earlier one. */
    public Evidence figure(String name, Object value, String unit) {
        Figure figure = Figure.of(Secrets.redact(name), value, Secrets.redact(unit));
        figures.put(figure.name(), new Figure(figure.name(), Secrets.redact(figure.value()), figure.unit()));
        return this;
    }

    /**
     * Adds what was seen in many cases, one a row; the first column names the case. Where a row has the columns "expected" and
     * "observed" that differ, the report marks it.
     *
     * @throws IllegalArgumentException where a row has more or fewer cells than there are columns
     */
    public Evidence table(String title, List<String> columns, List<List<String>> rows) {
        tables.add(new Table(Secrets.redact(title), redact(columns), rows.stream().map(Evidence::redact).toList()));
        return this;
    }

    /**
     * Adds a picture, which lies beside the report; a later one of the same title replaces an earlier one. Secrets can't be taken out
     * of a picture: what shows one is not for here.
     *
     * @param png a PNG image
     */
    public Evidence picture(String title, byte[] png) {
        Picture picture = folder.keep(Secrets.redact(title), png);
        if (!pictures.contains(picture)) {
            pictures.add(picture);
        }
        return this;
    }

    private static List<String> redact(List<String> cells) {
        return cells.stream().map(Secrets::redact).toList();
    }

    boolean isComplete() {
        return !expected.isEmpty() && !observed.isEmpty();
    }

    Findings findings() {
        return new Findings(expected, observed, List.copyOf(figures.values()), tables, pictures);
    }
}
