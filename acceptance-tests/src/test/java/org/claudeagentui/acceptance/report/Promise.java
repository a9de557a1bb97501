package org.claudeagentui.acceptance.report;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the promise that a test proves, by its id in the catalogue. A promise with declared parts is proved part by
 * part: each test says which; the promise is verified only when each of its parts is.
 */
@Repeatable(Promises.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Promise {
    /** Id in the catalogue, for instance {@code STA-1}. */
    String value();

    /** The part of the promise, as declared in the catalogue's data; empty for a promise without parts. */
    String part() default "";
}
