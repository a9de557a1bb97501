package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.CommandResult;

import java.nio.file.Path;

/** A way to back a stack up. */
interface BackupProgram {
    String name();

    /** Whatever it needs once before its first backup. */
    default void setUp() {
    }

    /** Takes away what it has made, so that the next backup is of everything again. */
    void forget();

    /** Makes a backup of database, uploads and, where the program knows them, settings. */
    CommandResult backUp();

    /** Where the last backup lies, and nothing else. */
    Path made();

    /** The file of the last backup, or the largest of several, that holds rows. */
    Path rows();

    /** Whether the last backup is whole, by the program's own check. */
    CommandResult check();
}
