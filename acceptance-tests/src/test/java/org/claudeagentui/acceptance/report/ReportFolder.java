package org.claudeagentui.acceptance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the report's forms lie, and where what earlier runs found is kept. */
final class ReportFolder {
    private static final Map<String, ReportRenderer> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("report.html", new HtmlRenderer());
        FORMS.put("report.md", new MarkdownRenderer());
        FORMS.put("report.json", new JsonRenderer());
        FORMS.put("junit.xml", new JUnitRenderer());
        FORMS.put("summary.txt", new TerminalRenderer());
    }

    private final Path directory;
    private final Optional<Path> history;

    private ReportFolder(Path directory, Optional<Path> history) {
        this.directory = directory;
        this.history = history;
    }

    /**
     * A folder; the system property {@code acceptance.history} names the file with what earlier runs found, and empty or absent means
     * that this run is compared with none.
     */
    static ReportFolder at(Path directory) {
        return at(directory, Optional.of(System.getProperty("acceptance.history", "")).filter(file -> !file.isBlank()).map(Path::of));
    }

    static ReportFolder at(Path directory, Optional<Path> history) {
        return new ReportFolder(directory, history);
    }

    /** Writes the report in all its forms, and prints the shortest. */
    void write(AcceptanceReport report) {
        History before = history.map(ReportFolder::read).orElse(History.EMPTY);
        AcceptanceReport compared = report.with(before.compare(report));
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, ReportRenderer> form : FORMS.entrySet()) {
                write(directory.resolve(form.getKey()), form.getValue().render(compared));
            }
            if (history.isPresent()) {
                Files.createDirectories(history.get().toAbsolutePath().getParent());
                write(history.get(), before.after(report).json());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The acceptance report cannot be written to " + directory, e);
        }
        System.out.println("\n" + new TerminalRenderer().render(compared) + "  report        " + directory.resolve("report.html"));
    }

    // A record that can't be read is no reason to have no report; this run begins another.
    private static History read(Path file) {
        try {
            return History.read(file);
        } catch (IOException e) {
            System.err.println("warning: " + file + " can't be read, so this run is compared with nothing: " + e.getMessage());
            return History.EMPTY;
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
