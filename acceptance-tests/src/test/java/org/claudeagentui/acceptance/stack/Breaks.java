package org.claudeagentui.acceptance.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test takes parts of the shared stack away and brings them back. Such tests run last; when one fails, or leaves the
 * stack less than healthy, the next test gets a freshly booted one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Breaks {
}
