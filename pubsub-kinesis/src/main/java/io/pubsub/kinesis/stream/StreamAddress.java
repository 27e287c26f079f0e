package io.pubsub.kinesis.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.aws.place.AwsPlace;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;

/**
 * The address of a stream: {@code kinesis:} and its name or ARN.
 *
 * @param name the name of the stream
 * @param arn its ARN; {@code null} if the address has only the name
 * @since 0.1.0
 */
public record StreamAddress(String name, @Nullable String arn) {

	private static final String SCHEME = "kinesis:";

	private static final Pattern STREAM = Pattern
		.compile("(?:arn:[a-z-]+:kinesis:[a-z0-9-]+:\\d{12}:stream/)?(?<name>[A-Za-z0-9_.-]{1,128})");

	/**
	 * Whether something is meant as the address of a stream.
	 * @param address the text
	 * @return {@code true} if it begins like one
	 */
	public static boolean isAddress(@Nullable String address) {
		return address != null && address.startsWith(SCHEME);
	}

	/**
	 * Reads an address.
	 * @param address the text
	 * @return the address
	 * @throws IllegalArgumentException if it is none
	 */
	public static StreamAddress parse(String address) {
		String stream = isAddress(address) ? address.substring(SCHEME.length()) : "";
		Matcher matcher = STREAM.matcher(stream);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					("'%s' is not the address of a Kinesis stream: it must be kinesis:<name>, of 1 to 128 letters, digits,"
							+ " '_', '-' and '.', or kinesis:arn:aws:kinesis:<region>:<account>:stream/<name>")
						.formatted(address));
		}
		String name = matcher.group("name");
		return new StreamAddress(name, stream.equals(name) ? null : stream);
	}

	/**
	 * Refuses a client that asks another region than that of the ARN.
	 * @param client the client
	 * @throws io.pubsub.aws.place.WrongPlaceException if it does, and has no endpoint of
	 * its own
	 */
	public void checkFor(AwsClient client) {
		if (this.arn != null) {
			AwsPlace.ofArn(this.arn).checkFor(client);
		}
	}

	@Override
	public String toString() {
		return SCHEME + ((this.arn != null) ? this.arn : this.name);
	}

}
