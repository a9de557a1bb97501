package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its {@link Evidence} and hands what the test left to the report, however the test ended. */
public final class EvidenceExtension implements ParameterResolver, AfterTestExecutionCallback {
    static final String KEY = "evidence";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(EvidenceExtension.class);

    /** Called by JUnit. */
    public EvidenceExtension() {
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Evidence.class;
    }

    @Override
    public Evidence resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return evidence(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Evidence evidence = evidence(context);
        context.publishReportEntry(KEY, evidence.findings().json());
        boolean claims = context.getRequiredTestMethod().getAnnotationsByType(Promise.class).length > 0;
        if (claims && context.getExecutionException().isEmpty() && !evidence.isComplete()) {
            throw new AssertionError("The test passed but left no evidence of what it expected and observed");
        }
    }

    private static Evidence evidence(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(context.getUniqueId(), id -> new Evidence(), Evidence.class);
    }
}
