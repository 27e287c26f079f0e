package io.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a bean, or one of its methods, handles the messages of some media types.
 * <p>
 * On a type, the bean must be a {@link MessageHandler}. On a method, the first parameter
 * is the content of the message, and a {@link MessageContext} may follow. The method
 * returns {@code void} (the message succeeded), {@code boolean} ({@code false}: it was
 * skipped), an {@link Outcome}, or a {@link java.util.concurrent.CompletionStage} of one
 * of these.
 * <p>
 * Without attributes, the media type is that of the content's {@link MessageSchema}.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface Handles {

	/**
	 * The schema classes whose media types are handled.
	 * @return classes with a {@link MessageSchema}
	 */
	Class<?>[] value() default {};

	/**
	 * The media types that are handled: whole ones, patterns that end in {@code .*}, or
	 * {@code <change>.<resource>} for the convention of the organization.
	 * @return media types
	 */
	String[] mediaTypes() default {};

}
