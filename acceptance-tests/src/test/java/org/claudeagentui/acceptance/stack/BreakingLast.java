package org.claudeagentui.acceptance.stack;

import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

import java.util.Arrays;
import java.util.Comparator;

/** Runs what only looks before what breaks, among classes and within each, so that one boot serves as many as it can. */
public final class BreakingLast implements MethodOrderer, ClassOrderer {
    /** Called by JUnit. */
    public BreakingLast() {
    }

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(Comparator.<MethodDescriptor, Boolean>comparing(test -> test.isAnnotated(Breaks.class))
                        .thenComparing(test -> test.getMethod().getName()));
    }

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(
                        Comparator.<ClassDescriptor, Boolean>comparing(tests -> breaks(tests.getTestClass()))
                                .thenComparing(tests -> tests.getTestClass().getName()));
    }

    private static boolean breaks(Class<?> tests) {
        return Arrays.stream(tests.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(Breaks.class));
    }
}
