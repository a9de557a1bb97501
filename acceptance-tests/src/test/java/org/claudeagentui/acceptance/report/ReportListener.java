package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Collects what the tests leave and has the report written when the run ends, whatever its end. Idle unless the system
 * property {@code acceptance.report} names the report's directory and a test of the plan claims a promise, so that unit tests and
 * benches write none.
 */
public final class ReportListener implements TestExecutionListener {
    private static final int LONGEST_REASON = 1500;
    private static final String DIRECTORY = "acceptance.report";

    private final Optional<Path> directory = Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of);
    private final Map<String, Findings> findings = new ConcurrentHashMap<>();
    private final Map<String, List<ServiceState>> services = new ConcurrentHashMap<>();
    private final Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();
    private final Map<String, String> skipped = new ConcurrentHashMap<>();
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();
    private final Map<String, Duration> took = new ConcurrentHashMap<>();
    private Instant started = Instant.now();

    /** Called by the platform's service loader. */
    public ReportListener() {
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        directory.filter(path -> claimsAnything(plan)).ifPresent(path -> RunEnvironment.clear());
        started = Instant.now();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), Instant.now());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.put(test.getUniqueId(), reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        took.put(test.getUniqueId(), Duration.between(begun.getOrDefault(test.getUniqueId(), started), Instant.now()));
        results.put(test.getUniqueId(), result);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        Map<String, String> left = entry.getKeyValuePairs();
        Optional.ofNullable(left.get(EvidenceExtension.KEY)).ifPresent(json -> findings.put(test.getUniqueId(), Findings.parse(json)));
        Optional.ofNullable(left.get(ServiceStates.KEY)).ifPresent(json -> services.put(test.getUniqueId(), ServiceStates.parse(json)));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        directory.filter(path -> claimsAnything(plan))
                .ifPresent(path -> ReportFolder.at(path).write(Assessment.assess(PromiseCatalogue.load(), run(plan))));
    }

    private static boolean claimsAnything(TestPlan plan) {
        return plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream()).anyMatch(test -> !claims(test).isEmpty());
    }

    private SuiteRun run(TestPlan plan) {
        List<TestOutcome> outcomes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (TestIdentifier root : plan.getRoots()) {
            containerFailure(root).ifPresent(failures::add);
            for (TestIdentifier test : plan.getDescendants(root)) {
                if (test.isTest() || isTestWithoutInvocation(plan, test)) {
                    outcomes.add(outcome(plan, test));
                } else {
                    containerFailure(test).ifPresent(failures::add);
                }
            }
        }
        return new SuiteRun(outcomes, PromiseTests.claimedOnlyBeside(planned(plan)), failures, environmentFailure(), facts(), RunEnvironment
                .takePictures());
    }

    private static Set<String> planned(TestPlan plan) {
        return plan.getRoots()
                .stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .flatMap(test -> method(test).stream())
                .map(source -> PromiseTests.name(source.getJavaMethod()))
                .collect(Collectors.toSet());
    }

    // A test with parameters or of a template that ended before its first invocation.
    private static boolean isTestWithoutInvocation(TestPlan plan, TestIdentifier test) {
        return method(test).isPresent() && plan.getChildren(test).isEmpty();
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>(RunEnvironment.facts());
        facts.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("durationSeconds", Duration.between(started, Instant.now()).toSeconds());
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", Runtime.version().toString());
        return facts;
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
        TestExecutionResult result = results.get(test.getUniqueId());
        if (result == null) {
            return outcome(plan, test, Result.NOT_RUN, whyNotRun(plan, test));
        }
        Optional<Throwable> failure = result.getThrowable();
        Result end = switch (result.getStatus()) {
            case SUCCESSFUL -> Result.PASSED;
            case ABORTED -> Result.NOT_RUN;
            case FAILED -> failure.flatMap(EnvironmentFailure::in).isPresent() ? Result.NOT_RUN : Result.FAILED;
        };
        return outcome(plan, test, end, failure.map(thrown -> reason(EnvironmentFailure.in(thrown)
                .<Throwable>map(found -> found)
                .orElse(thrown))).orElse(""));
    }

    private TestOutcome outcome(TestPlan plan, TestIdentifier test, Result result, String reason) {
        String id = test.getUniqueId();
        return new TestOutcome(name(plan, test), claims(test), result, reason, took.getOrDefault(id, Duration.ZERO).toMillis(), findings
                .getOrDefault(id, Findings.NONE), result == Result.PASSED ? "" : reproduce(test), services.getOrDefault(id, List.of()));
    }

    private static String reproduce(TestIdentifier test) {
        return method(test).map(source -> Reproduction.of(PromiseTests.name(source.getJavaMethod()))).orElse("");
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

    private static String name(TestPlan plan, TestIdentifier test) {
        Optional<String> method = method(test).map(source -> PromiseTests.name(source.getJavaMethod()));
        boolean oneOfMany = plan.getParent(test).flatMap(ReportListener::method).isPresent();
        return method.map(name -> oneOfMany ? name + " " + test.getDisplayName() : name).orElseGet(test::getDisplayName);
    }

    private static List<Claim> claims(TestIdentifier test) {
        return method(test).map(source -> PromiseTests.claims(source.getJavaMethod())).orElse(List.of());
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
}
