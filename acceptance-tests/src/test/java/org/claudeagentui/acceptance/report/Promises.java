package org.claudeagentui.acceptance.report;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Holds the promises of a test that proves several. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Promises {
    /** The promises, in the order in which the test names them. */
    Promise[] value();
}
