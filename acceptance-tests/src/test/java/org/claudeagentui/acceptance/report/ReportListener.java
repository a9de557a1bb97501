package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects what the tests leave and writes the report when the run ends, whatever its end. Idle unless the system
 * property {@code acceptance.report} names the report's directory and a test of the plan claims a promise, so that unit tests and
 * benches write none.
 */
public final class ReportListener implements TestExecutionListener {
    private static final int LONGEST_REASON = 1500;
    private static final String DIRECTORY = "acceptance.report";

    private final Optional<Path> directory = Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of);
    private final Map<String, Findings> findings = new ConcurrentHashMap<>();
    private final Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();
    private final Map<String, String> skipped = new ConcurrentHashMap<>();
    private Instant started = Instant.now();

    /** Called by the platform's service loader. */
    public ReportListener() {
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        started = Instant.now();
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.put(test.getUniqueId(), reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        results.put(test.getUniqueId(), result);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        Optional.ofNullable(entry.getKeyValuePairs().get(EvidenceExtension.KEY))
                .ifPresent(json -> findings.put(test.getUniqueId(), Findings.parse(json)));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        directory.filter(path -> claimsAnything(plan)).ifPresent(path -> write(path, assess(plan)));
    }

    private static boolean claimsAnything(TestPlan plan) {
        return plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream()).anyMatch(test -> !claims(test).isEmpty());
    }

    private AcceptanceReport assess(TestPlan plan) {
        List<TestOutcome> outcomes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (TestIdentifier root : plan.getRoots()) {
            containerFailure(root).ifPresent(failures::add);
            for (TestIdentifier test : plan.getDescendants(root)) {
                if (test.isTest()) {
                    outcomes.add(outcome(plan, test));
                } else {
                    containerFailure(test).ifPresent(failures::add);
                }
            }
        }
        Map<String, Object> environment = new LinkedHashMap<>(RunEnvironment.facts());
        environment.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("durationSeconds", Duration.between(started, Instant.now()).toSeconds());
        environment.put("cores", Runtime.getRuntime().availableProcessors());
        environment.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("java", Runtime.version().toString());
        return new Assessment(PromiseCatalogue.load()).assess(outcomes, failures, environmentFailure(), environment);
    }

    private Optional<String> containerFailure(TestIdentifier container) {
        return failure(container).filter(failure -> EnvironmentFailure.in(failure).isEmpty())
                .map(failure -> container.getDisplayName() + ": " + reason(failure));
    }

    private Optional<Throwable> failure(TestIdentifier test) {
        return Optional.ofNullable(results.get(test.getUniqueId()))
                .filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
                .flatMap(TestExecutionResult::getThrowable);
    }

    private Optional<String> environmentFailure() {
        return results.values()
                .stream()
                .flatMap(result -> result.getThrowable().stream())
                .flatMap(failure -> EnvironmentFailure.in(failure).stream())
                .map(failure -> reason(failure))
                .findFirst();
    }

    private TestOutcome outcome(TestPlan plan, TestIdentifier test) {
        String name = name(test);
        List<Claim> claims = claims(test);
        Findings left = findings.getOrDefault(test.getUniqueId(), Findings.NONE);
        TestExecutionResult result = results.get(test.getUniqueId());
        if (result == null) {
            return new TestOutcome(name, claims, Result.NOT_RUN, whyNotRun(plan, test), left);
        }
        Optional<Throwable> failure = result.getThrowable();
        String reason = failure.map(ReportListener::reason).orElse("");
        Result end = switch (result.getStatus()) {
            case SUCCESSFUL -> Result.PASSED;
            case ABORTED -> Result.NOT_RUN;
            case FAILED -> failure.flatMap(EnvironmentFailure::in).isPresent() ? Result.NOT_RUN : Result.FAILED;
        };
        return new TestOutcome(name, claims, end, reason, left);
    }

    private String whyNotRun(TestPlan plan, TestIdentifier test) {
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = plan.getParent(at.get())) {
            String reason = skipped.get(at.get().getUniqueId());
            if (reason != null) {
                return reason;
            }
            Optional<Throwable> failure = failure(at.get());
            if (failure.isPresent()) {
                return reason(failure.get());
            }
        }
        return "the run ended before it";
    }

    private static String name(TestIdentifier test) {
        return method(test).map(source -> source.getJavaClass().getSimpleName() + "." + source.getMethodName())
                .orElseGet(test::getDisplayName);
    }

    private static List<Claim> claims(TestIdentifier test) {
        return method(test).stream()
                .flatMap(source -> List.of(source.getJavaMethod().getAnnotationsByType(Promise.class)).stream())
                .map(promise -> new Claim(promise.value(), promise.part()))
                .toList();
    }

    private static Optional<MethodSource> method(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }

    private static String reason(Throwable failure) {
        Throwable told = failure;
        while (told instanceof ParameterResolutionException && told.getCause() != null) {
            told = told.getCause();
        }
        String message = told.getMessage();
        String text = Secrets.redact(message == null || message.isBlank() ? told.getClass().getSimpleName() : message.strip());
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + " …";
    }

    private static void write(Path directory, AcceptanceReport report) {
        try {
            Files.createDirectories(directory);
            write(directory.resolve("report.json"), new JsonRenderer().render(report));
            write(directory.resolve("report.md"), new MarkdownRenderer().render(report));
        } catch (IOException e) {
            throw new UncheckedIOException("The acceptance report cannot be written to " + directory, e);
        }
        System.out.println(new TerminalRenderer().render(report) + "  report        " + directory.resolve("report.md"));
    }

    private static void write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
