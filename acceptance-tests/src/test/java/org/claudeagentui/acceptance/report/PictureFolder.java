package org.claudeagentui.acceptance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where pictures lie: beside the report, which names them and holds none, so that it stays small. */
final class PictureFolder {
    private static final String NAME = "screens";

    private final Path report;

    PictureFolder(Path report) {
        this.report = report;
    }

    /** The one beside the report that this run writes. */
    static PictureFolder ofThisRun() {
        return new PictureFolder(Path.of(System.getProperty("acceptance.report", "target/acceptance-report")));
    }

    /** Keeps a PNG image in a file that is named for its title; one of the same title takes its place. */
    Picture keep(String title, byte[] png) {
        String file = NAME + "/" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".png";
        Path target = report.resolve(file);
        try {
            Files.createDirectories(target.getParent());
            Files.write(target, png);
        } catch (IOException e) {
            throw new UncheckedIOException("The picture " + target + " cannot be written", e);
        }
        return new Picture(title, file);
    }
}
