package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the tests' outcomes into a verdict on each promise and on the whole. */
final class Assessment {
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
        return new AcceptanceReport(verdict, environmentFailure.orElseGet(() -> String.join("; ", reasons)), environment, promises);
    }

    private static Verdict verdict(List<PromiseReport> promises, List<String> failures) {
        if (!failures.isEmpty() || promises.stream().anyMatch(promise -> promise.status() == Status.BROKEN)) {
            return Verdict.BROKEN;
        }
        return promises.stream().allMatch(promise -> promise.status() == Status.VERIFIED) ? Verdict.VERIFIED : Verdict.INCOMPLETE;
    }

    private static PromiseReport assess(CataloguePromise promise, List<TestOutcome> outcomes) {
        List<TestEvidence> evidence = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> untested = new ArrayList<>(promise.parts());
        boolean tested = false;
        for (TestOutcome outcome : outcomes) {
            for (Claim claim : outcome.claims()) {
                if (!claim.id().equals(promise.id())) {
                    continue;
                }
                tested = true;
                untested.remove(claim.part());
                evidence.add(TestEvidence.of(outcome, claim));
                switch (outcome.result()) {
                    case PASSED -> {
                    }
                    case FAILED -> broken.add(outcome.test() + ": " + outcome.reason());
                    case NOT_RUN -> open.add(outcome.test() + " did not run: " + outcome.reason());
                }
            }
        }
        untested.forEach(part -> open.add("part \"" + part + "\" has no test"));
        if (!tested) {
            return new PromiseReport(promise.id(), promise.text(), Status.NOT_VERIFIED, "no test proves it yet", evidence);
        }
        Status status = !broken.isEmpty() ? Status.BROKEN : open.isEmpty() ? Status.VERIFIED : Status.NOT_VERIFIED;
        broken.addAll(open);
        return new PromiseReport(promise.id(), promise.text(), status, String.join("; ", broken.stream().distinct().toList()), evidence);
    }
}
