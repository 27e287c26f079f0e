package io.pubsub.autoconfigure.outbox;

import io.pubsub.jdbc.queue.JdbcOutboxBuilder;

/**
 * Callback that changes the outbox before it is built.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface JdbcOutboxCustomizer {

	/**
	 * Customizes.
	 * @param builder the builder of the outbox, with all properties
	 */
	void customize(JdbcOutboxBuilder builder);

}
