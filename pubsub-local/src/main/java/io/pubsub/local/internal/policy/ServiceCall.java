package io.pubsub.local.internal.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A call of a service of AWS on behalf of what somebody has there, as policies see it.
 *
 * @param service the service, such as {@code s3.amazonaws.com}
 * @param action the action, such as {@code sqs:SendMessage}
 * @param resource the ARN of what is called
 * @param source the ARN of what the service calls for
 * @param account the account that has the source
 */
public record ServiceCall(String service, String action, String resource, String source, String account) {

	// What AWS knows of people only.
	private static final Set<String> ABSENT = Set.of("aws:principalaccount", "aws:principalarn", "aws:principalorgid",
			"aws:sourceip", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "aws:username");

	/**
	 * Return the value of a condition key.
	 * @param key the key, in any case
	 * @return the value, {@code null} if such calls have none
	 * @throws UnknownElementException if the broker does not know the key
	 */
	@Nullable String value(String key) {
		String name = key.toLowerCase(Locale.ROOT);
		String value = Map
			.of("aws:sourcearn", this.source, "aws:sourceaccount", this.account, "aws:securetransport", "true",
					"aws:principalisawsservice", "true", "aws:principalservicename", this.service)
			.get(name);
		if (value == null && !ABSENT.contains(name)) {
			throw new UnknownElementException("condition key " + key);
		}
		return value;
	}

	@Override
	public String toString() {
		return "%s of %s for %s on %s".formatted(this.action, this.service, this.source, this.resource);
	}

}
