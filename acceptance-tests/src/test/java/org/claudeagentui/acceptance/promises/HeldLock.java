package org.claudeagentui.acceptance.promises;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A lock as the backups' commands take it, held by a process of the test's own. */
final class HeldLock {
    private HeldLock() {
    }

    /** Holds the lock of this file, which says who has it, while something is done. */
    static void during(Path file, String owner, Runnable what) {
        try {
            Process holder = new ProcessBuilder("bash", "-c",
                    "exec 9<>\"$0\" && flock 9 && printf '%s\\n' \"$1\" >\"$0\" && echo held && read -r _", file.toString(), owner).start();
            BufferedReader said = holder.inputReader();
            if (!"held".equals(said.readLine())) {
                throw new IllegalStateException(file + " cannot be locked");
            }
            try {
                what.run();
            } finally {
                holder.destroyForcibly().onExit().join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be locked", e);
        }
    }
}
