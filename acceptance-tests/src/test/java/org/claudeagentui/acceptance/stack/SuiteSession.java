package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.Info;
import org.claudeagentui.acceptance.report.EnvironmentFailure;
import org.claudeagentui.acceptance.report.RunEnvironment;
import org.claudeagentui.acceptance.report.ServiceState;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of the suite: sweeps before and after, watches over what is not its own, keeps the shared stack. */
final class SuiteSession implements AutoCloseable {
    private static final String SHARED_STACK = "sharedStack";
    private static final Duration VERSION_DEADLINE = Duration.ofSeconds(20);

    // A cold one and one over the data it left tell the difference; more tell the same again.
    private static final int BOOTS_DRAWN = 2;

    private final Project project;
    private final TestSession session;
    private final Engine engine;
    private final Sweeper sweeper;
    private final Bystanders bystanders;
    private Optional<ComposeStack> shared = Optional.empty();
    private List<ServiceState> bootStates = List.of();
    private Optional<RuntimeException> bootFailure = Optional.empty();

    private SuiteSession(Project project, TestSession session, Engine engine) {
        this.project = project;
        this.session = session;
        this.engine = engine;
        this.sweeper = new Sweeper(engine, session, project.work());
        this.bystanders = Bystanders.of(project, engine);
    }

    static SuiteSession open() {
        Project project = Project.locate();
        requirePreparedImages(project.work().resolve("images"));
        TestSession session = new TestSession();
        Engine engine = Engine.connect(session);
        SuiteSession suite = new SuiteSession(project, session, engine);
        RunEnvironment.record("leftOversSwept", suite.sweeper.sweepLeftOvers());
        suite.describe();
        return suite;
    }

    private static void requirePreparedImages(Path images) {
        Path outcome = images.resolve("outcome");
        if (!Files.exists(outcome)) {
            return;
        }
        try {
            String code = Files.readString(outcome).strip();
            if (!code.equals("0")) {
                List<String> log = Files.readAllLines(images.resolve("prepare.log"));
                throw new EnvironmentFailure("./stack prepare ended with " + code + ": " + String.join("\n", log.subList(Math.max(0, log
                        .size() - 15), log.size())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The outcome of the preparation cannot be read from " + images, e);
        }
    }

    private void describe() {
        Info info = engine.info();
        RunEnvironment.record("revision", project.revision());
        RunEnvironment.record("messagesApi", LiveKey.described());
        RunEnvironment.record("engine", info.getServerVersion() + ", " + info.getDriver() + ", cgroup " + info.getRawValues()
                .getOrDefault("CgroupVersion", "?"));
        RunEnvironment.record("host", "%s, %s processors, %s bytes of memory".formatted(info.getOperatingSystem(), info.getNCPU(), info
                .getMemTotal()));
        CommandResult compose = CommandLine.run(project.root(), Map.of(), VERSION_DEADLINE, List.of("docker", "compose", "version",
                "--short"));
        RunEnvironment.record("compose", compose.succeeded() ? compose.out().strip() : "unknown");
    }

    ComposeStack createStack() {
        return ComposeStack.create(project, engine, session);
    }

    Project project() {
        return project;
    }

    Registry createRegistry() {
        return new Registry(project, engine, session);
    }

    Browser createBrowser() {
        return new Browser(project, engine, session);
    }

    TlsScanner createTlsScanner() {
        return new TlsScanner(project, engine, session);
    }

    BackupPrograms createBackupPrograms(ComposeStack stack) {
        return new BackupPrograms(project, engine, session, stack);
    }

    Rivals createRivals(ComposeStack stack) {
        return new Rivals(project, engine, session, stack);
    }

    /** The stack that tests share; booted at its first use, and again after one that was spoiled. A boot that failed is not tried again. */
    ComposeStack shared() {
        if (bootFailure.isPresent()) {
            throw bootFailure.get();
        }
        ComposeStack stack = shared.orElseGet(this::bootShared);
        shared = Optional.of(stack);
        return stack;
    }

    private ComposeStack bootShared() {
        ComposeStack stack = createStack();
        Instant asked = Instant.now();
        try {
            stack.start();
        } catch (RuntimeException e) {
            RuntimeException reason = EnvironmentTrouble.in(e).<RuntimeException>map(found -> found).orElse(e);
            bootFailure = Optional.of(reason);
            RunEnvironment.record(SHARED_STACK, "did not boot");
            tryTo(reason, () -> {
                bootStates = StackPictures.of(stack).states();
                RunEnvironment.record(StackPictures.of(stack).startup("a start that failed", asked, stack.events().since(asked)));
            });
            tryTo(reason, stack::stop);
            throw reason;
        }
        RunEnvironment.record(SHARED_STACK, "booted");
        describeImages(stack);
        RunEnvironment.record(StackPictures.of(stack).topology());
        return stack;
    }

    private static void tryTo(RuntimeException reason, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private void describeImages(ComposeStack stack) {
        RunEnvironment.record("baseImage", stack.env().require("DEBIAN_IMAGE"));
        RunEnvironment.record("postgresImage", stack.env().require("POSTGRES_IMAGE"));
        for (String service : Service.ALL) {
            RunEnvironment.record("image." + service, stack.inspect(service).getImageId());
        }
    }

    /** The services of the shared stack. */
    List<ServiceState> sharedStates() {
        return shared.map(stack -> StackPictures.of(stack).states()).orElse(List.of());
    }

    /** The services of the shared stack that did not come up, for the first who asks: every other test fails for the same reason. */
    List<ServiceState> takeBootStates() {
        List<ServiceState> taken = bootStates;
        bootStates = List.of();
        return taken;
    }

    private void giveUp(ComposeStack stack) {
        shared = Optional.empty();
        try {
            List<Boot> boots = stack.boots();
            for (int i = 0; i < Math.min(BOOTS_DRAWN, boots.size()); i++) {
                Boot boot = boots.get(i);
                RunEnvironment.record(StackPictures.of(stack)
                        .startup("%s start, healthy after %.1f s".formatted(i == 0 ? "cold" : "later", boot.healthyAfter().toMillis()
                                / 1000.0), boot.asked(), boot.events()));
            }
        } finally {
            stack.stop();
        }
    }

    /** Gives the shared stack up where it is no longer whole. */
    void checkShared(boolean spoiled) {
        shared.filter(stack -> spoiled || !Service.ALL.stream().allMatch(stack::isHealthy)).ifPresent(this::giveUp);
    }

    @Override
    public void close() {
        try {
            shared.ifPresent(this::giveUp);
        } finally {
            sweeper.sweepOwn();
        }
        bystanders.requireUntouched();
        RunEnvironment.record("bystanders", bystanders.describe());
    }
}
