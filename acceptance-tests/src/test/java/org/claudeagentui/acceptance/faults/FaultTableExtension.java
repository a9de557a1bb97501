package org.claudeagentui.acceptance.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.nio.file.Path;

/** Gives each test the {@link FaultTable} of the whole run. */
public final class FaultTableExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FaultTableExtension.class);

    /** Called by JUnit. */
    public FaultTableExtension() {
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FaultTable.class;
    }

    @Override
    public FaultTable resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(FaultTable.class, type -> new FaultTable(Path.of(System.getProperty("acceptance.report",
                        "target/acceptance-report")), Cell.TAKEN.describe()), FaultTable.class);
    }
}
