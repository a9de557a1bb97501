package org.claudeagentui.acceptance.report;

import org.junit.platform.commons.support.ReflectionSupport;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests that there are, whether a run takes them or not, and what they claim. */
final class PromiseTests {
    private static final String PACKAGE = "org.claudeagentui.acceptance";

    private PromiseTests() {
    }

    /** All claims, each with the tests that make it. */
    static Map<Claim, List<String>> all() {
        Map<Claim, List<String>> found = new LinkedHashMap<>();
        ReflectionSupport.findAllClassesInPackage(PACKAGE, type -> true, name -> name.endsWith("IT"))
                .stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .forEach(method -> claims(method).forEach(claim -> found.computeIfAbsent(claim, key -> new ArrayList<>())
                        .add(name(
                                method))));
        return found;
    }

    /** What is claimed only by tests other than these. */
    static Set<Claim> claimedOnlyBeside(Set<String> tests) {
        return all().entrySet()
                .stream()
                .filter(claim -> claim.getValue().stream().noneMatch(tests::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    static List<Claim> claims(Method method) {
        return Stream.of(method.getAnnotationsByType(Promise.class)).map(promise -> new Claim(promise.value(), promise.part())).toList();
    }

    static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
