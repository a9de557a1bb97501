package org.claudeagentui.service.logging;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Standard output, which the engine reads: many lines at a time cost it no more than one. */
final class StandardOutput implements LineSink {
    private final PrintStream output;

    StandardOutput(PrintStream output) {
        this.output = output;
    }

    @Override
    public void write(List<byte[]> lines) {
        var batch = new ByteArrayOutputStream(lines.stream().mapToInt(line -> line.length).sum());
        lines.forEach(batch::writeBytes);
        output.write(batch.toByteArray(), 0, batch.size());
        output.flush();
    }

    @Override
    public void close() {
        output.flush();
    }
}
