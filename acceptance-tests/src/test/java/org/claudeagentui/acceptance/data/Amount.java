package org.claudeagentui.acceptance.data;

/**
 * How much data was put somewhere.
 *
 * @param rows how many rows
 * @param textBytes the length of the texts in them; the rows are longer
 * @param files how many uploads
 * @param fileBytes their size
 */
public record Amount(long rows, long textBytes, long files, long fileBytes) {
    private static final long MIB = 1 << 20;

    /** Both together. */
    public Amount and(Amount other) {
        return new Amount(rows + other.rows, textBytes + other.textBytes, files + other.files, fileBytes + other.fileBytes);
    }

    /** Such as {@code 12,000 rows with 208 MiB of text, 900 uploads of 208 MiB}. */
    public String describe() {
        return "%,d rows with %,d MiB of text, %,d uploads of %,d MiB".formatted(rows, textBytes / MIB, files, fileBytes / MIB);
    }
}
