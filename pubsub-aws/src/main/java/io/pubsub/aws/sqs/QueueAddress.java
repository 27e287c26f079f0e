package io.pubsub.aws.sqs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where a queue is, in the words of whoever configured it: a URL, an ARN or a name.
 *
 * @param text what was configured
 * @param name the name of the queue; {@code null} if a URL says it all
 * @param account the account that owns the queue, if it was told
 */
record QueueAddress(String text, @Nullable String name, @Nullable String account) {

	private static final Pattern URL = Pattern.compile("https?://[^/\\s]+/\\S+");

	private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:sqs:[a-z0-9-]+:(?<account>\\d+):(?<name>[^:]+)");

	private static final Pattern NAME = Pattern.compile("(?=.{1,80}$)[A-Za-z0-9_-]+(\\.fifo)?");

	static QueueAddress parse(String text) {
		if (URL.matcher(text).matches()) {
			return new QueueAddress(text, null, null);
		}
		Matcher arn = ARN.matcher(text);
		if (arn.matches() && NAME.matcher(arn.group("name")).matches()) {
			return new QueueAddress(text, arn.group("name"), arn.group("account"));
		}
		if (NAME.matcher(text).matches()) {
			return new QueueAddress(text, text, null);
		}
		throw new IllegalArgumentException("a queue must be a URL, an ARN (arn:aws:sqs:region:account:name) "
				+ "or a name of 1 to 80 letters, digits, hyphens and underscores, not \"" + text + "\"");
	}

	boolean isFifo() {
		return this.text.endsWith(".fifo") || this.text.endsWith(".fifo/");
	}

	@Override
	public String toString() {
		return this.text;
	}

}
