package io.pubsub.aws.place;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an address is elsewhere than the client asks.
 *
 * @since 0.1.0
 */
public final class WrongPlaceException extends IllegalArgumentException {

	private final String service;

	private final @Nullable String region;

	WrongPlaceException(String service, @Nullable String region, String message) {
		super(message);
		this.service = service;
		this.region = region;
	}

	/**
	 * The service that the client asks.
	 * @return its name as the AWS SDK has it: sqs, or sns
	 */
	public String service() {
		return this.service;
	}

	/**
	 * The region of the address.
	 * @return the region; {@code null} if the address is not of AWS
	 */
	public @Nullable String region() {
		return this.region;
	}

}
