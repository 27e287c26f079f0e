package io.pubsub.aws.sns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.aws.place.Fifo;

/**
 * The topic of an ARN, or all those of one account and region whose names begin alike.
 *
 * @param arn the ARN up to where it need not be the same
 * @param whole whether that is all of it
 * @param region the region
 */
record TrustedTopic(String arn, boolean whole, String region) {

	private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):\\d{12}:[A-Za-z0-9_.-]{1,256}");

	private static final Pattern PATTERN = Pattern
		.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):\\d{12}:[A-Za-z0-9_.-]{0,256}\\*");

	static TrustedTopic of(String text) {
		if (Fifo.isAddress(text)) {
			throw new IllegalArgumentException(("'%s' cannot be a trusted topic: SNS does not sign the notifications of"
					+ " FIFO topics, so that each would be a dead letter; trust it no more,"
					+ " and let the policy of the queue say who may send to it")
				.formatted(text));
		}
		Matcher arn = ARN.matcher(text);
		if (arn.matches()) {
			return new TrustedTopic(text, true, arn.group(1));
		}
		Matcher pattern = PATTERN.matcher(text);
		if (pattern.matches()) {
			return new TrustedTopic(text.substring(0, text.length() - 1), false, pattern.group(1));
		}
		throw new IllegalArgumentException(("a trusted topic must be the ARN of an SNS topic"
				+ " (arn:aws:sns:region:account:name, with a * at the end for any rest of the name), not '%s'")
			.formatted(text));
	}

	static boolean isArn(String text) {
		return ARN.matcher(text).matches();
	}

	boolean covers(String topicArn) {
		return this.whole ? topicArn.equals(this.arn) : isArn(topicArn) && topicArn.startsWith(this.arn);
	}

}
