package io.pubsub.aws.internal;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A call of a service of AWS on behalf of what somebody has there, as policies see it.
 *
 * @param service the service, such as {@code sns.amazonaws.com}
 * @param action the action, such as {@code sqs:SendMessage}
 * @param resource the ARN of what is called
 * @param source the ARN of what the service calls for
 */
public record ServiceCall(String service, String action, String resource, String source) {

	static final String SOURCE_ARN = "aws:SourceArn";

	private static final String SNS = "sns.amazonaws.com";

	// What AWS knows of people only.
	private static final Set<String> ABSENT = Set.of("aws:principalaccount", "aws:principalarn", "aws:principalorgid",
			"aws:principalorgpaths", "aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "aws:username",
			"aws:principaltype", "aws:multifactorauthpresent");

	/**
	 * The call by which a topic sends to a queue.
	 * @param topicArn the ARN of the topic
	 * @param queueArn the ARN of the queue
	 * @return the call
	 */
	public static ServiceCall delivery(String topicArn, String queueArn) {
		return new ServiceCall(SNS, "sqs:SendMessage", queueArn, topicArn);
	}

	/**
	 * A call by which a topic uses the key of a queue.
	 * @param action the action
	 * @param topicArn the ARN of the topic
	 * @return the call
	 */
	public static ServiceCall keyUse(String action, String topicArn) {
		return new ServiceCall(SNS, action, "*", topicArn);
	}

	boolean isAbsent(String key) {
		return ABSENT.contains(key.toLowerCase(Locale.ROOT));
	}

	/**
	 * The value of a condition key.
	 * @param key the key, in any case
	 * @return the value; {@code null} if it is absent or not known
	 */
	@Nullable String value(String key) {
		return Map
			.of("aws:sourcearn", this.source, "aws:sourceaccount", String.valueOf(Arn.of(this.source).account()),
					"aws:securetransport", "true", "aws:principalisawsservice", "true", "aws:viaawsservice", "false",
					"aws:principalservicename", this.service)
			.get(key.toLowerCase(Locale.ROOT));
	}

}
