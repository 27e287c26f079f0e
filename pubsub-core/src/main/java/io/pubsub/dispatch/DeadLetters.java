package io.pubsub.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.MediaType;
import io.pubsub.Outcome;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go that can never be handled: their body as it came, with attributes
 * that say why.
 * <p>
 * Safe for use by many threads.
 */
public final class DeadLetters {

	/**
	 * The attribute with the reason: {@code malformed}, {@code invalid} or
	 * {@code unhandled}.
	 */
	public static final String REASON = "dead_letter_reason";

	/**
	 * The attribute with what exactly is wrong: the paths of the violations, never
	 * values.
	 */
	public static final String DETAIL = "dead_letter_detail";

	/**
	 * The attribute with the id that the message had at its source.
	 */
	public static final String MESSAGE_ID = "dead_letter_message_id";

	private static final MediaType UNKNOWN = new MediaType("application/octet-stream");

	// An SQS message has at most 10 attributes; three of them are needed here.
	private static final int MAX_ORIGINAL_ATTRIBUTES = 7;

	private static final String FIFO = ".fifo";

	private static final int MAX_DETAIL_LENGTH = 1024;

	private final Destination destination;

	private final String address;

	/**
	 * Makes a place for dead letters.
	 * @param destination what sends them
	 * @param address where to, in the words of the destination
	 */
	public DeadLetters(Destination destination, String address) {
		this.destination = destination;
		this.address = address;
	}

	CompletableFuture<PublishResult> send(InboundMessage message, DispatchResult result) {
		MediaType mediaType = result.mediaType();
		OutboundMessage letter = new OutboundMessage(this.address, (mediaType != null) ? mediaType : UNKNOWN,
				message.body(), attributes(message, result.outcome()), message.groupId(),
				this.address.endsWith(FIFO) ? message.id() : null);
		return this.destination.publish(List.of(letter)).thenApply((results) -> results.get(0));
	}

	private static Map<String, String> attributes(InboundMessage message, Outcome outcome) {
		Map<String, String> attributes = new LinkedHashMap<>();
		message.attributes()
			.entrySet()
			.stream()
			.limit(MAX_ORIGINAL_ATTRIBUTES)
			.forEach((attribute) -> attributes.put(attribute.getKey(), attribute.getValue()));
		attributes.put(REASON, (outcome.kind() == Outcome.Kind.IGNORED) ? "unhandled" : reason(outcome.reason()));
		attributes.put(MESSAGE_ID, message.id());
		String detail = (outcome.cause() != null) ? outcome.cause().getMessage() : outcome.reason();
		if (detail != null && !detail.isBlank()) {
			attributes.put(DETAIL, detail.substring(0, Math.min(detail.length(), MAX_DETAIL_LENGTH)));
		}
		return attributes;
	}

	private static String reason(@Nullable String reason) {
		return (reason != null && !reason.isBlank()) ? reason : "failed";
	}

}
