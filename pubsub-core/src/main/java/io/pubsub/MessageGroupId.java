package io.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the value of a record component, a field or a method without parameters
 * is the group of the message that is made of the content: its text, as
 * {@link Object#toString()} gives it.
 * <p>
 * A FIFO topic keeps the order of the messages of a group. A standard topic hands the
 * group on to its queues, which then serve many groups fairly. What
 * {@link io.pubsub.publish.Message#inGroup(String)} says wins; if the value is
 * {@code null}, the group of the message that is being handled goes on.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface MessageGroupId {

}
