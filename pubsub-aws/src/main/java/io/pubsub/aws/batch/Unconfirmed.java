package io.pubsub.aws.batch;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An answer that confirms nothing, as something other than the broker gives it: a proxy,
 * or the login page of a network.
 *
 * @since 0.1.0
 */
public final class Unconfirmed {

	private static final Pattern CONTENT_TYPE = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,60}");

	private Unconfirmed() {
	}

	/**
	 * Says what answered and what to do about it.
	 * @param service the service that was asked, such as {@code SNS}
	 * @param address the topic or queue
	 * @param missing the missing part of the answer, such as {@code MessageId}
	 * @param http the HTTP response, if it is known
	 * @return the text
	 */
	public static String text(String service, String address, String missing, @Nullable SdkHttpResponse http) {
		return ("the answer for %s has no %s, so nothing says that %s has done what it was asked for. A proxy or the login"
				+ " page of a network may have answered%s: check the endpoint, the proxy settings and the network")
			.formatted(address, missing, service, (http != null) ? " (" + describe(http) + ")" : "");
	}

	/**
	 * Whether a call failed because the answer is not in the form of the broker's.
	 * @param failure the failure
	 * @param unreadable the exception of the reader, somewhere among the causes
	 * @return {@code true} if something else may have answered
	 */
	public static boolean isBehind(@Nullable Throwable failure, Class<? extends Exception> unreadable) {
		return failure != null && (unreadable.isInstance(failure) || isBehind(failure.getCause(), unreadable));
	}

	private static String describe(SdkHttpResponse http) {
		String contentType = http.firstMatchingHeader("Content-Type").map((type) -> type.split(";", 2)[0]).orElse("");
		return "HTTP %d, %s".formatted(http.statusCode(),
				CONTENT_TYPE.matcher(contentType).matches() ? contentType : "no content type");
	}

}
