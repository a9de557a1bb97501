package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.BackupPrograms;
import org.claudeagentui.acceptance.stack.CommandResult;

import java.nio.file.Path;

/** restic, with its defaults: pg_dump's output and the uploads folder in one repository. It encrypts. */
record ResticBackup(BackupPrograms programs) implements BackupProgram {
    private static final String PASSWORD = "export RESTIC_PASSWORD=bench; ";
    private static final String REPOSITORY = "export RESTIC_REPOSITORY=/made/restic; " + PASSWORD;

    @Override
    public String name() {
        return "restic";
    }

    @Override
    public void forget() {
        restic("rm -rf /made/restic; restic init --quiet").orThrow();
    }

    @Override
    public CommandResult backUp() {
        return backUp("\"$PGDATABASE\"");
    }

    CommandResult backUp(String database) {
        return restic("pg_dump --dbname=" + database
                + " | restic backup --quiet --stdin --stdin-filename database.sql && restic backup --quiet /uploads");
    }

    CommandResult backUpOntoASmallDisk() {
        return programs.run("root", "export RESTIC_REPOSITORY=/small/restic; " + PASSWORD
                + "restic init --quiet && pg_dump | restic backup --quiet --stdin --stdin-filename database.sql && restic backup --quiet /uploads");
    }

    @Override
    public Path made() {
        return programs.folder().resolve("restic");
    }

    @Override
    public Path rows() {
        return MadeFiles.largest(made().resolve("data"));
    }

    @Override
    public CommandResult check() {
        return restic("restic check --quiet --read-data && restic ls --quiet --path /database.sql latest >/dev/null");
    }

    CommandResult checkWithAnotherPassword() {
        return restic("RESTIC_PASSWORD=other restic check --quiet --read-data");
    }

    private CommandResult restic(String script) {
        return programs.run("root", REPOSITORY + script);
    }
}
