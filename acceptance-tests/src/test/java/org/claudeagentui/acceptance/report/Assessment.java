package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the tests' outcomes into a verdict on each part, each promise and the whole. */
final class Assessment {
    private static final String UNTESTED = "no test proves it yet";

    private final PromiseCatalogue catalogue;

    Assessment(PromiseCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * @param outcomes what the tests left
     * @param failures what went wrong outside any test, the suite's own checks included
     * @param environmentFailure why the suite could not work, if it could not
     */
    AcceptanceReport assess(List<TestOutcome> outcomes, List<String> failures, Optional<String> environmentFailure,
            Map<String, Object> environment) {
        List<PromiseReport> promises = catalogue.promises().stream().map(promise -> assess(promise, outcomes)).toList();
        List<String> reasons = new ArrayList<>(failures);
        outcomes.stream()
                .filter(outcome -> outcome.result() == Result.FAILED && outcome.claims().isEmpty())
                .forEach(outcome -> reasons.add(outcome.test() + ": " + outcome.reason()));
        Verdict verdict = environmentFailure.isPresent() ? Verdict.ENVIRONMENT_FAILED : verdict(promises, reasons);
        return new AcceptanceReport(verdict, environmentFailure.orElseGet(() -> String.join("; ", reasons)), environment, promises,
                outcomes);
    }

    private static Verdict verdict(List<PromiseReport> promises, List<String> failures) {
        if (!failures.isEmpty() || promises.stream().anyMatch(promise -> promise.status() == Status.BROKEN)) {
            return Verdict.BROKEN;
        }
        return promises.stream().allMatch(promise -> promise.status() == Status.VERIFIED) ? Verdict.VERIFIED : Verdict.INCOMPLETE;
    }

    private static PromiseReport assess(CataloguePromise promise, List<TestOutcome> outcomes) {
        List<String> names = promise.parts().isEmpty() ? List.of("") : promise.parts();
        List<PartReport> parts = names.stream().map(part -> assess(new Claim(promise.id(), part), outcomes)).toList();
        Status status = parts.stream().anyMatch(part -> part.status() == Status.BROKEN)
                ? Status.BROKEN
                : parts.stream().allMatch(part -> part.status() == Status.VERIFIED) ? Status.VERIFIED : Status.NOT_VERIFIED;
        return new PromiseReport(promise.id(), promise.text(), status, reason(parts), parts);
    }

    private static String reason(List<PartReport> parts) {
        if (parts.stream().allMatch(part -> part.tests().isEmpty())) {
            return UNTESTED;
        }
        return String.join("; ", Stream.concat(parts.stream().filter(part -> part.status() == Status.BROKEN), parts.stream()
                .filter(part -> part.status() != Status.BROKEN))
                .filter(part -> !part.reason().isEmpty())
                .map(part -> part.tests().isEmpty() ? "part \"" + part.name() + "\" has no test" : part.reason())
                .distinct()
                .toList());
    }

    private static PartReport assess(Claim part, List<TestOutcome> outcomes) {
        List<TestOutcome> about = outcomes.stream().filter(outcome -> outcome.claims().contains(part)).toList();
        if (about.isEmpty()) {
            return new PartReport(part.part(), Status.NOT_VERIFIED, UNTESTED, List.of());
        }
        List<String> broken = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (TestOutcome outcome : about) {
            switch (outcome.result()) {
                case PASSED -> {
                }
                case FAILED -> broken.add(outcome.test() + ": " + outcome.reason());
                case NOT_RUN -> open.add(outcome.test() + " did not run: " + outcome.reason());
            }
        }
        Status status = !broken.isEmpty() ? Status.BROKEN : open.isEmpty() ? Status.VERIFIED : Status.NOT_VERIFIED;
        broken.addAll(open);
        return new PartReport(part.part(), status, String.join("; ", broken), about.stream().map(TestOutcome::test).toList());
    }
}
