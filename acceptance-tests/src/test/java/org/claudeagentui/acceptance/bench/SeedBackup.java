package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.BackupPrograms;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;

import java.nio.file.Path;

/** The seed's own backup.sh, line by line, with this stack's names and our base image in alpine's place. It has no check; this is the closest. */
record SeedBackup(ComposeStack stack, BackupPrograms programs) implements BackupProgram {
    @Override
    public String name() {
        return "the seed's script";
    }

    @Override
    public void forget() {
        programs.runOnTheHost("rm -rf " + made()).orThrow();
    }

    @Override
    public CommandResult backUp() {
        return backUp(stack.env().get("POSTGRES_DB").orElse("claude_agent_ui"));
    }

    CommandResult backUp(String database) {
        return programs.runOnTheHost("""
                BACKUP_DIR=%s
                mkdir -p "$BACKUP_DIR"
                docker exec %2$s-postgres pg_dump -U postgres %3$s | gzip > "$BACKUP_DIR/postgres.sql.gz"
                docker run --rm -v %2$s-strapi-uploads:/data -v "$BACKUP_DIR":/backup \
                  %4$s tar czf /backup/strapi-uploads.tar.gz -C /data .
                cp %5$s "$BACKUP_DIR/.env.backup"
                cp docker-compose.yml docker-compose.dev.yml "$BACKUP_DIR/"
                tar czf "$BACKUP_DIR/nginx-config.tar.gz" nginx/
                echo "Backup completed: $BACKUP_DIR"
                """.formatted(made(), stack.name(), database, BackupPrograms.baseImage(), stack.envFile()));
    }

    @Override
    public Path made() {
        return programs.folder().resolve("seed");
    }

    @Override
    public Path rows() {
        return made().resolve("postgres.sql.gz");
    }

    @Override
    public CommandResult check() {
        return programs.runOnTheHost(
                "set -e; cd %s; gzip -t postgres.sql.gz; tar tzf strapi-uploads.tar.gz >/dev/null; tar tzf nginx-config.tar.gz >/dev/null"
                        .formatted(made()));
    }
}
