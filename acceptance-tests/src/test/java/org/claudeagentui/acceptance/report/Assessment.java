package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a run into a verdict on each part, each promise and the whole. */
final class Assessment {
    private static final String UNTESTED = "no test proves it yet";
    private static final String LEFT_OUT = "not part of this run";

    private final PromiseCatalogue catalogue;
    private final SuiteRun run;

    private Assessment(PromiseCatalogue catalogue, SuiteRun run) {
        this.catalogue = catalogue;
        this.run = run;
    }

    static AcceptanceReport assess(PromiseCatalogue catalogue, SuiteRun run) {
        return new Assessment(catalogue, run).assess();
    }

    private AcceptanceReport assess() {
        List<PromiseReport> promises = catalogue.promises().stream().map(this::assess).toList();
        List<String> reasons = new ArrayList<>(run.failures());
        run.outcomes()
                .stream()
                .filter(outcome -> outcome.result() == Result.FAILED && outcome.claims().isEmpty())
                .forEach(outcome -> reasons.add(outcome.test() + ": " + outcome.reason()));
        Verdict verdict = run.environmentFailure().isPresent() ? Verdict.ENVIRONMENT_FAILED : verdict(promises, reasons);
        return new AcceptanceReport(verdict, run.environmentFailure().orElseGet(() -> String.join("; ", reasons)), run.environment(),
                promises,
                run.outcomes(), run.pictures(), Changes.NONE);
    }

    private static Verdict verdict(List<PromiseReport> promises, List<String> failures) {
        if (!failures.isEmpty() || promises.stream().anyMatch(promise -> promise.status() == Status.BROKEN)) {
            return Verdict.BROKEN;
        }
        return promises.stream().allMatch(promise -> promise.status() == Status.VERIFIED) ? Verdict.VERIFIED : Verdict.INCOMPLETE;
    }

    private PromiseReport assess(CataloguePromise promise) {
        List<String> names = promise.parts().isEmpty() ? List.of("") : promise.parts();
        List<PartReport> parts = names.stream().map(part -> assess(new Claim(promise.id(), part))).toList();
        Status status = parts.stream().anyMatch(part -> part.status() == Status.BROKEN)
                ? Status.BROKEN
                : parts.stream().allMatch(part -> part.status() == Status.VERIFIED) ? Status.VERIFIED : Status.NOT_VERIFIED;
        return new PromiseReport(promise.id(), promise.family(), promise.text(), status, reason(parts), parts);
    }

    // One reason that holds for all parts stands once; what is broken comes first.
    private static String reason(List<PartReport> parts) {
        List<String> reasons = parts.stream().map(PartReport::reason).distinct().toList();
        if (reasons.size() == 1 && parts.stream().allMatch(part -> part.tests().isEmpty())) {
            return reasons.getFirst();
        }
        return Stream.concat(parts.stream().filter(part -> part.status() == Status.BROKEN), parts.stream()
                .filter(part -> part.status() != Status.BROKEN))
                .filter(part -> !part.reason().isEmpty())
                .map(part -> part.tests().isEmpty() ? "part \"" + part.name() + "\": " + part.reason() : part.reason())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private PartReport assess(Claim part) {
        List<TestOutcome> about = run.outcomes().stream().filter(outcome -> outcome.claims().contains(part)).toList();
        if (about.isEmpty()) {
            return new PartReport(part.part(), Status.NOT_VERIFIED, run.elsewhere().contains(part) ? LEFT_OUT : UNTESTED, List.of());
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
