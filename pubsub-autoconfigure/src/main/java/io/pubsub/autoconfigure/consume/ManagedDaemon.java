package io.pubsub.autoconfigure.consume;

import java.util.function.Supplier;

import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetterLimit;
import org.jspecify.annotations.Nullable;

/**
 * A daemon of the application, with what an operator knows of it.
 *
 * @param name the name, such as that of a pipeline
 * @param daemon the daemon
 * @param source the address that it consumes; {@code null} if it is not known
 * @param sourceProperty the property that sets the address
 * @param autoStartup whether it starts with the application
 * @param limit the limit for its dead letters; {@code null} if there is none
 * @param statistics the facts that its receiver tells of itself, for people to read
 * @since 0.1.0
 */
public record ManagedDaemon(String name, ConsumerDaemon daemon, @Nullable String source, String sourceProperty,
		boolean autoStartup, @Nullable DeadLetterLimit limit, Supplier<?> statistics) {

	/**
	 * The property of the address that one daemon alone may have.
	 */
	public static final String MAIN_SOURCE = "pubsub.source";

	/**
	 * The name of the daemon of the handlers.
	 */
	public static final String HANDLERS = "handlers";

	/**
	 * Starts the daemon.
	 * @throws UnusablePropertyException if its source does not exist or may not be read
	 */
	void start() {
		try {
			this.daemon.start();
		}
		catch (RuntimeException ex) {
			throw new UnusablePropertyException(this.sourceProperty, ex);
		}
	}

	boolean hasMainSource() {
		return this.sourceProperty.equals(MAIN_SOURCE);
	}

}
