package org.claudeagentui.acceptance.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small disk (a file system in memory) over a folder, until it is closed. Only root can mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether this process may mount one. */
    public static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Mounts one that belongs to a user and has so many mebibytes; what the folder held is out of sight meanwhile. */
    public static SmallDisk over(Path folder, int mebibytes, int uid) {
        CommandLine.run(Path.of("/"), Map.of(), DEADLINE, List.of("mount", "-t", "tmpfs", "-o", "size=%dm,uid=%d,gid=%d,mode=0700"
                .formatted(mebibytes, uid, uid), "small-disk", folder.toString())).orThrow();
        return new SmallDisk(folder);
    }

    /** The folder that it lies over. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        CommandLine.run(Path.of("/"), Map.of(), DEADLINE, List.of("umount", folder.toString())).orThrow();
    }
}
