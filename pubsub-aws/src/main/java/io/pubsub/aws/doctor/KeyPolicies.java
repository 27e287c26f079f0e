package io.pubsub.aws.doctor;

import java.util.concurrent.CompletableFuture;

/**
 * Knows the policies of keys.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface KeyPolicies {

	/**
	 * Finds a key.
	 * @param id its id, ARN or alias
	 * @return the key, or the failure of AWS
	 */
	CompletableFuture<KeyFacts> find(String id);

}
