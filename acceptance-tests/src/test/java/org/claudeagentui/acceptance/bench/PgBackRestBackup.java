package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.BackupPrograms;
import org.claudeagentui.acceptance.stack.CommandResult;

import java.nio.file.Path;

/**
 * pgBackRest of a server beside it that holds the same rows, since it works on a server's own files and has to be that server's archive
 * command; it knows no files besides, so the uploads go by tar.
 */
record PgBackRestBackup(BackupPrograms programs) implements BackupProgram {
    private static final String LOCAL = "export PGHOST=/tmp PGUSER=postgres; ";

    @Override
    public String name() {
        return "pgBackRest + tar";
    }

    @Override
    public void setUp() {
        postgres("""
                initdb --pgdata=/var/lib/postgresql/bench --username=postgres --encoding=UTF8 --locale=C.UTF-8 >/dev/null
                cat >>/var/lib/postgresql/bench/postgresql.conf <<END
                listen_addresses = ''
                unix_socket_directories = '/tmp'
                archive_mode = on
                archive_command = 'pgbackrest --stanza=bench archive-push %p'
                max_wal_size = 4GB
                END
                mkdir -p /made/pgbackrest
                env -u PGHOST pg_ctl --pgdata=/var/lib/postgresql/bench --log=/tmp/server.log --wait start >/dev/null
                stanza() { PGHOST=/tmp PGUSER=postgres PGDATABASE=postgres pgbackrest --stanza=bench stanza-create; }
                stanza
                PGHOST=/tmp PGUSER=postgres createdb -T template0 bench
                pg_dump --no-owner --no-privileges | PGHOST=/tmp PGUSER=postgres psql -Xq -v ON_ERROR_STOP=1 -d bench >/dev/null
                """).orThrow();
    }

    @Override
    public void forget() {
        postgres(LOCAL + "rm -rf /made/pgbackrest/* && PGDATABASE=postgres pgbackrest --stanza=bench stanza-create").orThrow();
    }

    @Override
    public CommandResult backUp() {
        return postgres(LOCAL
                + "export PGDATABASE=postgres; pgbackrest --stanza=bench --type=full backup && tar czf /made/pgbackrest/uploads.tar.gz -C /uploads .");
    }

    CommandResult backUpOntoASmallDisk() {
        return postgres(LOCAL
                + "export PGDATABASE=postgres; pgbackrest --stanza=bench --repo1-path=/small/pgbackrest stanza-create && pgbackrest --stanza=bench"
                + " --repo1-path=/small/pgbackrest --no-archive-check --type=full backup");
    }

    @Override
    public Path made() {
        return programs.folder().resolve("pgbackrest");
    }

    @Override
    public Path rows() {
        return MadeFiles.largest(made().resolve("backup"));
    }

    @Override
    public CommandResult check() {
        // Whatever it finds, verify ends with 0, and says so only as text.
        return postgres(LOCAL + """
                export PGDATABASE=postgres
                said=$(pgbackrest --stanza=bench verify --output=text)
                [[ $said != *'status: error'* ]]
                pgbackrest --stanza=bench info | grep -q 'full backup'
                tar tzf /made/pgbackrest/uploads.tar.gz >/dev/null
                """);
    }

    private CommandResult postgres(String script) {
        return programs.run("postgres", "set -e; " + script);
    }
}
