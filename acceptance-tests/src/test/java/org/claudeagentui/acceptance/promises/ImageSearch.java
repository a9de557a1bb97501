package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.Engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in an image, byte by byte through its configuration and all its layers.
 *
 * @param bytes how much was searched
 * @param found what should not be there, the secrets themselves not repeated
 * @param controlFound whether the text was found that has to be there
 */
record ImageSearch(long bytes, List<String> found, boolean controlFound) {
    private static final int PIECE = 1 << 20;
    // Longer than anything that is looked for, so that nothing hides between two pieces.
    private static final int OVERLAP = 4096;

    static ImageSearch of(Engine engine, String image, List<String> values, Pattern assigned, String control) throws IOException {
        List<String> found = new ArrayList<>();
        boolean controlFound = false;
        long bytes = 0;
        String rest = "";
        try (InputStream archive = engine.imageArchive(image)) {
            for (byte[] piece = archive.readNBytes(PIECE); piece.length > 0; piece = archive.readNBytes(PIECE)) {
                bytes += piece.length;
                String text = rest + new String(piece, StandardCharsets.ISO_8859_1);
                controlFound |= text.contains(control);
                values.stream().filter(text::contains).forEach(value -> found.add("the value of a secret"));
                Matcher assignment = assigned.matcher(text);
                if (assignment.find()) {
                    found.add("a value assigned to " + assignment.group().substring(0, assignment.group().indexOf('=')));
                }
                rest = text.substring(Math.max(0, text.length() - OVERLAP));
            }
        }
        return new ImageSearch(bytes, found, controlFound);
    }
}
