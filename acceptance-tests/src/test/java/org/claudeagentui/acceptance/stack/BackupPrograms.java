package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.lifecycle.Startable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Debian's programs for backups beside a stack: a container on its backend network, which sees its uploads in {@code /uploads} and leaves
 * what it makes in {@code /made}, a folder of the host's. {@code /small} is a disk that a few files fill.
 */
public final class BackupPrograms implements Startable {
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private final Project project;
    private final Engine engine;
    private final TestSession session;
    private final ComposeStack stack;
    private final String name;
    private final Path folder;

    BackupPrograms(Project project, Engine engine, TestSession session, ComposeStack stack) {
        this.project = project;
        this.engine = engine;
        this.session = session;
        this.stack = stack;
        this.name = stack.name() + "-backup-programs";
        this.folder = stack.directory().resolve("made");
    }

    @Override
    public void start() {
        String image = "claude-backup-programs:" + Project.imageTag();
        HelperImage.build(project, image, "backup-programs", Map.of("BASE_IMAGE", baseImage()));
        try {
            // The container's programs are of several users.
            Files.setPosixFilePermissions(Files.createDirectories(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be made", e);
        }
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(stack.name() + "-backend")
                .withBinds(Bind.parse(stack.name() + "-strapi-uploads:/uploads:ro"), Bind.parse(folder + ":/made"))
                .withTmpFs(Map.of("/small", "size=4m,mode=1777"))
                .withInit(true);
        String id = engine.docker()
                .createContainerCmd(image)
                .withHostConfig(host)
                .withEnv("PGHOST=postgres", "PGUSER=" + stack.env().get("POSTGRES_USER").orElse("postgres"), "PGDATABASE=" + stack.env()
                        .get("POSTGRES_DB")
                        .orElse("claude_agent_ui"), "PGPASSWORD=" + stack.env().require("POSTGRES_PASSWORD"))
                .withLabels(session.labels())
                .withName(name)
                .exec()
                .getId();
        engine.docker().startContainerCmd(id).exec();
    }

    @Override
    public void stop() {
        engine.removeContainer(name);
    }

    /** The container's name. */
    public String name() {
        return name;
    }

    /** Where what the programs make lies on this machine. */
    public Path folder() {
        return folder;
    }

    /** The base of all images, which has tar and gzip. */
    public static String baseImage() {
        return "claude-base:" + Project.imageTag();
    }

    /** Runs a script of bash's in the container; safe for several threads. */
    public CommandResult run(String user, String script) {
        return CommandLine.run(project.root(), Map.of(), DEADLINE, List.of("docker", "exec", "--user", user, name, "bash", "-o", "pipefail",
                "-c", script));
    }

    /** Runs a script of bash's on this machine, from the checkout's root; safe for several threads. */
    public CommandResult runOnTheHost(String script) {
        return CommandLine.run(project.root(), Map.of(), DEADLINE, List.of("bash", "-c", script));
    }
}
