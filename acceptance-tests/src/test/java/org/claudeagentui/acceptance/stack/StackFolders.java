package org.claudeagentui.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of test stacks, and whose they are. A folder carries no label, and while its stack is prepared the engine knows nothing
 * of it yet: who owns it stands beside it, from before it is made until after it is gone.
 */
final class StackFolders {
    private final Path work;
    private final Path owners;

    StackFolders(Path work) {
        this.work = work;
        this.owners = work.resolve("owners");
    }

    /** Says whose the folder is, before there is one. */
    void claim(String stack, TestSession session) {
        try {
            Files.createDirectories(owners);
            Files.writeString(owners.resolve(stack), session.owner());
        } catch (IOException e) {
            throw new UncheckedIOException("The owner of " + stack + "'s folder cannot be noted in " + owners, e);
        }
    }

    /** Forgets whose the folder was, once it is gone. */
    void forget(String stack) {
        try {
            Files.deleteIfExists(owners.resolve(stack));
        } catch (IOException e) {
            throw new UncheckedIOException("The owner of " + stack + "'s folder cannot be forgotten in " + owners, e);
        }
    }

    /** The stacks with a folder whose owner no longer lives. */
    List<String> abandoned() {
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(work)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(TestSession::mayTouch)
                    .filter(stack -> !TestSession.lives(owner(stack)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Left-over folders in " + work + " cannot be listed", e);
        }
    }

    private String owner(String stack) {
        try {
            return Files.readString(owners.resolve(stack));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("The owner of " + stack + "'s folder cannot be read in " + owners, e);
        }
    }
}
