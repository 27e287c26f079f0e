package io.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the value of a record component, a field or a method without parameters
 * is what two copies of the message that is made of the content have in common: its text,
 * as {@link Object#toString()} gives it. Of two messages with the same id, a FIFO topic
 * delivers one within five minutes.
 * <p>
 * What {@link io.pubsub.publish.Message#deduplicatedBy(String)} says wins; if the value
 * is {@code null}, the message gets an id of its own. A standard topic takes no such id,
 * and so the value stays behind if the message goes to one.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface MessageDeduplicationId {

}
