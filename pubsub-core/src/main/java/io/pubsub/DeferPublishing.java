package io.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that what a method of a Spring bean produces is published when the method
 * returns, all of it in order, and not at all if it throws. On a type, that goes for
 * every method.
 * <p>
 * It is about the thread that calls the method, whatever other threads do, and about
 * calls from other beans. A method that is called by another one of this kind, or in a
 * transaction, hands its messages over on return, to be published when that ends well.
 * What a method with {@link Handles} defers is published when its message has succeeded,
 * before it is acknowledged: not if it is skipped, ignored or to be delivered again; and
 * if publishing fails, the message fails.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface DeferPublishing {

}
