package org.claudeagentui.acceptance.report;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Leaves of a run only the tests that claim a promise named in the system property {@code acceptance.only}: ids and families,
 * separated by commas, such as {@code NET,STA-1}. Without it all tests run.
 */
public final class PromiseFilter implements PostDiscoveryFilter {
    private final List<String> wanted;

    /** Called by the platform's service loader. */
    public PromiseFilter() {
        this(System.getProperty("acceptance.only", ""));
    }

    PromiseFilter(String only) {
        this.wanted = Stream.of(only.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    @Override
    public FilterResult apply(TestDescriptor test) {
        Optional<MethodSource> method = test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        return FilterResult.includedIf(wanted.isEmpty() || method.isEmpty() || PromiseTests.claims(method.get().getJavaMethod())
                .stream()
                .anyMatch(claim -> takes(claim.id())));
    }

    boolean takes(String promise) {
        return wanted.stream().anyMatch(word -> promise.equals(word) || promise.startsWith(word + "-"));
    }
}
