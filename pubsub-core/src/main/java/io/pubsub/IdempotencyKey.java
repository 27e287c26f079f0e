package io.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the value of a record component, a field or a method without parameters
 * tells a message from others: its text, as {@link Object#toString()} gives it. Where an
 * idempotency store is in use, messages of one media type with the same key are handled
 * once, even if they were published twice.
 * <p>
 * Several of them in a class are one key together. A message in which one is {@code null}
 * is told by its id, as are those of a class without any.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKey {

}
