package io.pubsub.local.internal.sns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One message as a publisher gave it.
 *
 * @param subject the subject, if there is one
 * @param body the body that subscribed queues get
 * @param attributes the message attributes
 * @param groupId the message group, always there on a FIFO topic
 * @param deduplicationId the deduplication id, if one was given
 * @param traceHeader the trace that the message belongs to, if it has one
 * @param size bytes of body and attributes, as SNS counts them
 */
record PublishRequest(@Nullable String subject, String body, Map<String, MessageAttribute> attributes,
		@Nullable String groupId, @Nullable String deduplicationId, @Nullable String traceHeader, int size) {

	// Return the deduplication id that was given, or else the one made of the body.
	String effectiveDeduplicationId() {
		return (this.deduplicationId != null) ? this.deduplicationId : sha256(this.body);
	}

	private static String sha256(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

}
