package io.pubsub.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * The place for messages that can never be handled: their body and their attributes as
 * they came, with two attributes more that say why.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class DeadLetters {

	/**
	 * The attribute with the {@linkplain DeadLetterReason#code() reason}:
	 * {@code malformed}, {@code untrusted}, {@code invalid}, {@code rejected},
	 * {@code attempts} or {@code unhandled}.
	 */
	public static final String REASON = "dead_letter_reason";

	/**
	 * The attribute with all that is known of the message and of what is wrong with it,
	 * as {@link DeadLetterDetail} reads it, a JSON object: {@code messageId},
	 * {@code source}, {@code attempt}, {@code sentAt}, {@code handler},
	 * {@code exception}, {@code fault}, {@code violations} with {@code path} and
	 * {@code message} but never values, {@code violationsOmitted}, {@code lastReason},
	 * {@code times}, and in {@code attributes} those original attributes for which there
	 * is no place.
	 */
	public static final String DETAIL = "dead_letter_detail";

	/**
	 * The attribute that a message has when it was replayed out of a queue for dead
	 * letters: how often it was, as a number.
	 */
	public static final String REPLAYS = "dead_letter_replays";

	// Enough for whoever replays dead letters before what is wrong is mended.
	private static final int MAX_TIMES = 3;

	private final Destination destination;

	private final String address;

	private final @Nullable String source;

	/**
	 * Makes a place for dead letters of messages that come from anywhere.
	 * @param destination the destination that sends them, and says how large they may be
	 * @param address the address, in the words of the destination
	 */
	public DeadLetters(Destination destination, String address) {
		this(destination, address, null);
	}

	/**
	 * Makes a place for dead letters.
	 * @param destination the destination that sends them, and says how large they may be
	 * @param address the address, in the words of the destination
	 * @param source the place that the messages come from, such as the address of a
	 * queue; {@code null} if that is not known
	 */
	public DeadLetters(Destination destination, String address, @Nullable String source) {
		this.destination = destination;
		this.address = address;
		this.source = source;
	}

	CompletableFuture<PublishResult> send(InboundMessage message, DispatchResult result, DeadLetterReason reason) {
		DeadLetter deadLetter = new DeadLetter(message, result, reason, this.source);
		int earlier = deadLetter.earlier();
		if (earlier >= MAX_TIMES) {
			return CompletableFuture.completedFuture(PublishResult.failed(new IllegalStateException(
					"it has come back to %s, whose dead letter it was %d times before; find out whether %s leads back there"
						.formatted((this.source != null) ? this.source : "its source", earlier, this.address))));
		}
		int maxBytes = this.destination.rules().maxBytes(this.address);
		OutboundMessage letter = deadLetter.compose(this.address, this.destination.rules(), maxBytes);
		int size = letter.sizeInBytes();
		if (size > maxBytes) {
			return CompletableFuture.completedFuture(PublishResult.failed(new IllegalArgumentException(
					"it has %d bytes with its attributes, but %s takes %d; only the redrive policy of its queue can move it"
						.formatted(size, this.address, maxBytes))));
		}
		return this.destination.publish(List.of(letter)).thenApply((results) -> results.get(0));
	}

}
