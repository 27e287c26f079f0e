package io.pubsub.aws.sqs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.aws.place.AwsPlace;
import io.pubsub.aws.place.Fifo;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The address of a queue as it was configured: a URL, an ARN or a name.
 *
 * @param text the text that was configured
 * @param name the name of the queue
 * @param url the URL, without a slash at its end; {@code null} if it has to be looked up
 * @param account the account that owns the queue, if it has to be looked up there
 * @param place the place of the queue; {@code null} for a name, which is wherever the
 * client asks
 */
record QueueAddress(String text, String name, @Nullable String url, @Nullable String account,
		@Nullable AwsPlace place) {

	private static final Pattern HTTP = Pattern.compile("https?://.*");

	private static final Pattern URL = Pattern
		.compile("(?<url>https?://(?<host>[^/\\s@?#:\\[]+|\\[[0-9a-fA-F:.]+])(:\\d+)?(?<path>(/[^/\\s?#]+)*)"
				+ "/(?<name>[^/\\s?#]+))/*");

	private static final Pattern ACCOUNT = Pattern.compile("/\\d{12}");

	private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:sqs:[a-z0-9-]+:(?<account>\\d+):(?<name>[^:]+)");

	private static final Pattern NAME = Pattern.compile("(?=.{1,80}$)[A-Za-z0-9_-]+(\\.fifo)?");

	private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

	static QueueAddress parse(String text) {
		if (HTTP.matcher(text).matches()) {
			return parseUrl(text);
		}
		Matcher arn = ARN.matcher(text);
		if (arn.matches() && NAME.matcher(arn.group("name")).matches()) {
			return new QueueAddress(text, arn.group("name"), null, arn.group("account"), AwsPlace.ofArn(text));
		}
		if (NAME.matcher(text).matches()) {
			return new QueueAddress(text, text, null, null, null);
		}
		throw new IllegalArgumentException("a queue must be a URL, an ARN (arn:aws:sqs:region:account:name) "
				+ "or a name of 1 to 80 letters, digits, hyphens and underscores, not \"" + LogText.of(text) + "\"");
	}

	private static QueueAddress parseUrl(String text) {
		// What stands before it may be a password.
		SqsLimits.check(text.indexOf('@') < 0,
				"the URL of a queue must not have an @, nor a user or password before it");
		Matcher url = URL.matcher(text);
		SqsLimits.check(url.matches() && NAME.matcher(url.group("name")).matches(), notAUrl(text));
		AwsPlace place = AwsPlace.ofQueueUrl(text, url.group("host"));
		SqsLimits.check(place.region() == null || ACCOUNT.matcher(url.group("path")).matches(), notAUrl(text));
		return new QueueAddress(text, url.group("name"), url.group("url"), null, place);
	}

	// A query may hold a secret.
	private static String notAUrl(String text) {
		return "the URL of a queue must end in an account and a name, such as "
				+ "https://sqs.eu-west-1.amazonaws.com/123456789012/orders, not as \""
				+ LogText.of(QUERY.matcher(text).replaceAll("?...")) + "\"";
	}

	boolean isFifo() {
		return Fifo.isAddress(this.name);
	}

	/**
	 * Refuses a client that asks elsewhere.
	 * @param client the client
	 * @throws IllegalArgumentException if the queue is not where the client asks
	 */
	void checkFor(SqsAsyncClient client) {
		if (this.place != null) {
			this.place.checkFor(client);
		}
	}

	@Override
	public String toString() {
		return this.text;
	}

}
