package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.EvidenceExtension;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of acceptance tests. A parameter of type {@link ComposeStack} receives the stack that all tests share,
 * booted once; one of type {@link Stacks} makes stacks of the test's own; one of type
 * {@link org.claudeagentui.acceptance.report.Evidence Evidence} takes what the test leaves. Such classes run one after the other.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith({EvidenceExtension.class, StackExtension.class})
@TestMethodOrder(BreakingLast.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface AcceptanceTest {
}
