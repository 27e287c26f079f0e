package io.pubsub.aws.doctor;

import java.util.concurrent.CompletableFuture;

/**
 * Finds out who asks.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Caller {

	/**
	 * Asks.
	 * @return the ARN of the role or user, or the failure of AWS
	 */
	CompletableFuture<String> arn();

}
