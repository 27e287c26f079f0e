package io.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a record or class is what messages of one media type contain.
 * <p>
 * The fields of the class are the content of the message and carry its
 * {@code jakarta.validation} constraints. The media type and the opaque data belong to
 * the envelope and must not be among them.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MessageSchema {

	/**
	 * The media type, whole. Empty: it is made from {@link #change()} and
	 * {@link #resource()} by the naming convention of the organization.
	 * @return the media type
	 */
	String mediaType() default "";

	/**
	 * The name of the resource in the media type. Empty: the simple name of the class in
	 * snake case.
	 * @return the resource
	 */
	String resource() default "";

	/**
	 * What happened to the resource.
	 * @return one of the organization's lifecycle changes
	 */
	String change() default "created";

	/**
	 * Whether the message is for other organizations too: the channel is then
	 * {@code pubsub} instead of the internal {@code pubsub._}.
	 * @return {@code true} for the public channel
	 */
	boolean publicChannel() default false;

}
