package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.EvidenceExtension;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of acceptance tests that keep to stacks of their own and mostly wait: it runs beside the classes that
 * {@link AcceptanceTest} marks, two such classes at a time. Its tests may not ask for the stack that those share, nor assert how soon
 * something happens.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith({EvidenceExtension.class, StackExtension.class})
@TestMethodOrder(BreakingLast.class)
public @interface AcceptanceTestBeside {
}
