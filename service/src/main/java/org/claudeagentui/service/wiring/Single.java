package org.claudeagentui.service.wiring;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A bean of which there is one, without a proxy before it: final fields and one constructor are all it needs. */
@Stereotype
@SuppressWarnings("InjectScopeAnnotationOnInterfaceOrAbstractClass") // It is how a stereotype gives its beans their scope.
@Singleton
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Single {
}
