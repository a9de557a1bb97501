package org.claudeagentui.acceptance.data;

import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Texts on their way into the table {@code bulk}, a row each. */
final class CopyTexts {
    private final PGCopyOutputStream out;
    private final Prose prose;
    private long rows;
    private long bytes;

    CopyTexts(PGConnection database, Prose prose) throws SQLException {
        this.out = new PGCopyOutputStream(database, "COPY bulk FROM STDIN", 1 << 16);
        this.prose = prose;
    }

    /** How many texts of a length make up a share of all bytes. Most characters take one byte, so it is some more. */
    int count(long all, int percent, int length) {
        return Math.toIntExact(all * percent / 100 / length + 1);
    }

    void add(String kind, int length, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            String text = prose.text(length);
            byte[] row = (kind + "\t" + i + "\t" + text + "\n").getBytes(StandardCharsets.UTF_8);
            out.write(row);
            rows++;
            bytes += row.length - kind.length() - String.valueOf(i).length() - 3;
        }
    }

    void end() throws IOException {
        out.close();
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }
}
