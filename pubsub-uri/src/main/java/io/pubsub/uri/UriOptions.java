package io.pubsub.uri;

import java.time.Duration;
import java.util.List;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;

import org.springframework.util.unit.DataSize;

/**
 * Options for fetching resources.
 *
 * @param allowedHosts the hosts from which resources are fetched: {@code host},
 * {@code host:port} or {@code *.domain}; without a port, that of the scheme is meant; and
 * {@code s3://bucket} for the places of another scheme
 * @param forwardHeaders keys of the opaque data that go out as headers; one that ends in
 * {@code *} stands for all with that beginning
 * @param nackIfNotFound whether a message is delivered again if its resource is not
 * found; otherwise it fails
 * @param nackDelay the delay of the next delivery, then and if a field does not match
 * @param connectTimeout the longest time to connect
 * @param readTimeout the longest time for a whole response
 * @param maxSize the most that a response may hold
 * @since 0.1.0
 */
public record UriOptions(List<String> allowedHosts, List<String> forwardHeaders, boolean nackIfNotFound,
		Duration nackDelay, Duration connectTimeout, Duration readTimeout, DataSize maxSize) {

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	public UriOptions {
		allowedHosts = List.copyOf(allowedHosts);
		forwardHeaders = List.copyOf(forwardHeaders);
		if (nackDelay.isNegative()) {
			throw new InvalidSettingException(UriOptions.class, "nackDelay",
					"the nack delay must not be negative, but is " + DurationText.of(nackDelay));
		}
		checkPositive("connectTimeout", "connect timeout", connectTimeout);
		checkPositive("readTimeout", "read timeout", readTimeout);
		if (maxSize.toBytes() < 1 || maxSize.toBytes() >= LARGEST_ARRAY) {
			throw new InvalidSettingException(UriOptions.class, "maxSize",
					"the max size must be at least 1B and below 2GB, but is " + maxSize);
		}
	}

	private static void checkPositive(String setting, String name, Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new InvalidSettingException(UriOptions.class, setting,
					"the %s must be at least 1ms, but is %s".formatted(name, DurationText.of(timeout)));
		}
	}

}
