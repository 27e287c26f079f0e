package io.pubsub.autoconfigure;

import io.pubsub.transport.Source;

/**
 * Makes the sources of certain addresses, for whatever daemon of the application consumes
 * them.
 *
 * @since 0.1.0
 */
public interface SourceFactory {

	/**
	 * Whether this makes the source of an address.
	 * @param address the address, as {@code pubsub.source} has it
	 * @return {@code true} if so
	 */
	boolean supports(String address);

	/**
	 * Makes a source that is not started.
	 * @param settings the address and the way to consume it
	 * @return the source
	 * @throws IllegalArgumentException if the address or a setting cannot be right
	 */
	Source create(SourceSettings settings);

}
