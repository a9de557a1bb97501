package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.ServiceState;
import org.claudeagentui.acceptance.report.ServiceStates;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives tests the shared stack and stacks of their own; the session lives as long as the run. */
final class StackExtension implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(StackExtension.class);
    private static final Set<Class<?>> PARAMETERS = Set.of(ComposeStack.class, Stacks.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        session(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SuiteSession session = session(context);
        if (parameter.getParameter().getType() == ComposeStack.class) {
            if (context.getRequiredTestClass().isAnnotationPresent(AcceptanceTestBeside.class)) {
                throw new ParameterResolutionException("Tests that run beside others can't use the stack that those share");
            }
            return shared(session, context);
        }
        return context.getStore(NAMESPACE).computeIfAbsent(Stacks.class, type -> new Stacks(session), Stacks.class);
    }

    private static ComposeStack shared(SuiteSession session, ExtensionContext context) {
        try {
            return session.shared();
        } catch (RuntimeException e) {
            ServiceStates.publish(context, session.takeBootStates());
            throw e;
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        boolean breaks = context.getRequiredTestMethod().isAnnotationPresent(Breaks.class);
        boolean failed = context.getExecutionException().isPresent();
        if (failed) {
            tellStates(context);
        }
        boolean mayHaveSpoiledIt = context.getRequiredTestClass().isAnnotationPresent(AcceptanceTest.class);
        if (mayHaveSpoiledIt && (breaks || failed)) {
            session(context).checkShared(breaks && failed);
        }
    }

    private static void tellStates(ExtensionContext context) {
        SuiteSession session = session(context);
        List<ServiceState> states = new ArrayList<>();
        try {
            Optional.ofNullable(context.getStore(NAMESPACE).get(Stacks.class, Stacks.class))
                    .ifPresent(stacks -> states.addAll(stacks.states()));
            if (Arrays.asList(context.getRequiredTestMethod().getParameterTypes()).contains(ComposeStack.class)) {
                states.addAll(session.sharedStates());
            }
        } finally {
            ServiceStates.publish(context, states);
        }
    }

    private static SuiteSession session(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(SuiteSession.class, type -> SuiteSession.open(), SuiteSession.class);
    }
}
