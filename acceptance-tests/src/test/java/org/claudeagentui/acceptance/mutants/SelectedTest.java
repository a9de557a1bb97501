package org.claudeagentui.acceptance.mutants;

import org.claudeagentui.acceptance.report.Promise;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** A test of the suite, found by its name as a person would write it. */
record SelectedTest(Class<?> type, Method method) {
    private static final String SUITE = "org.claudeagentui.acceptance.";
    private static final List<String> PACKAGES = List.of("promises", "faults");

    /** Finds {@code Class#method}; an {@link IllegalStateException} says that the suite has no such test. */
    static SelectedTest named(String name) {
        String[] parts = name.split("#", 2);
        return PACKAGES.stream()
                .flatMap(home -> load(SUITE + home + "." + parts[0]).stream())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(parts[1]))
                        .map(method -> new SelectedTest(type, method)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The suite has no test " + name));
    }

    private static List<Class<?>> load(String name) {
        try {
            return List.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return List.of();
        }
    }

    boolean claims(String promise) {
        return Arrays.stream(method.getAnnotationsByType(Promise.class)).anyMatch(claim -> claim.value().equals(promise));
    }

    DiscoverySelector selector() {
        return DiscoverySelectors.selectMethod(type, method);
    }
}
