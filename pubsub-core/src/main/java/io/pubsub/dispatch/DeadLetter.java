package io.pubsub.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.internal.LogText;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.InvalidMessageException.Violation;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that can never be handled, on its way to where such messages go.
 *
 * @param message the message as it came
 * @param result the outcome of its last delivery
 * @param reason the reason why it can never be handled
 * @param source the place that it came from, if known
 */
record DeadLetter(InboundMessage message, DispatchResult result, DeadLetterReason reason, @Nullable String source) {

	private static final MediaType UNKNOWN = new MediaType("application/octet-stream");

	private static final int MAX_VIOLATIONS = 64;

	private static final Set<String> OURS = Set.of(DeadLetters.REASON, DeadLetters.DETAIL);

	/**
	 * Puts the letter into words; the more violations there are, and the less room for
	 * them, the fewer it names.
	 * @param address the address that it goes to
	 * @param rules the rules of the destination
	 * @param maxBytes the number of bytes that it should have at most
	 * @return the letter, which is larger only if it is so without any violation
	 */
	OutboundMessage compose(String address, AddressRules rules, int maxBytes) {
		int violations = Math.min(violations().size(), MAX_VIOLATIONS);
		OutboundMessage letter = compose(address, rules, violations(), violations);
		while (violations > 0 && letter.sizeInBytes() > maxBytes) {
			violations /= 2;
			letter = compose(address, rules, violations(), violations);
		}
		return letter;
	}

	/**
	 * How often the message was a dead letter of the same source before: replayed by
	 * somebody, or because the letters lead back to the source.
	 * @return the number, as the message itself says
	 */
	int earlier() {
		DeadLetterDetail earlier = DeadLetterDetail.read(attribute(DeadLetters.DETAIL));
		if (earlier == null || !textOf(earlier.source()).equals(textOf(this.source))) {
			return 0;
		}
		return (earlier.times() != null) ? Math.max(earlier.times(), 1) : 1;
	}

	// What comes by a topic has its attributes in the notification.
	private @Nullable String attribute(String name) {
		MessageContext context = this.result.context();
		String opened = (context != null) ? context.attributes().get(name) : null;
		return (opened != null) ? opened : this.message.attributes().get(name);
	}

	private static String textOf(@Nullable String source) {
		return (source != null) ? source : "";
	}

	private OutboundMessage compose(String address, AddressRules rules, List<Violation> violations, int count) {
		int originals = rules.maxAttributes() - OURS.size();
		Map<String, String> attributes = new TreeMap<>();
		Map<String, String> surplus = new TreeMap<>();
		new TreeMap<>(this.message.attributes()).forEach((name, value) -> {
			if (!OURS.contains(name)) {
				((attributes.size() < originals) ? attributes : surplus).put(name, value);
			}
		});
		attributes.put(DeadLetters.REASON, this.reason.code());
		attributes.put(DeadLetters.DETAIL, detail(violations, count, surplus).toJson());
		boolean fifo = rules.isFifo(address);
		MediaType mediaType = this.result.mediaType();
		return new OutboundMessage(address, (mediaType != null) ? mediaType : UNKNOWN, this.message.body(), attributes,
				groupId(fifo), fifo ? this.message.id() : null);
	}

	private @Nullable String groupId(boolean fifo) {
		return (this.message.groupId() != null || !fifo) ? this.message.groupId() : this.message.id();
	}

	private DeadLetterDetail detail(List<Violation> violations, int count, Map<String, String> surplus) {
		Throwable cause = this.result.outcome().cause();
		Instant sentAt = this.message.sentAt();
		int omitted = violations.size() - count;
		int earlier = earlier();
		return new DeadLetterDetail(this.message.id(), this.source, this.result.attempt(),
				(sentAt != null) ? sentAt.toString() : null, this.result.handler(),
				(cause != null) ? cause.getClass().getName() : null, fault(), violations.subList(0, count),
				(omitted > 0) ? omitted : null, lastReason(), (earlier > 0) ? earlier + 1 : null, surplus);
	}

	private @Nullable String lastReason() {
		Outcome last = this.result.outcome();
		boolean said = this.reason == DeadLetterReason.ATTEMPTS && last.tried() && last.cause() == null;
		return (said && last.reason() != null) ? LogText.of(last.reason()) : null;
	}

	private List<Violation> violations() {
		return (this.reason == DeadLetterReason.INVALID
				&& this.result.outcome().cause() instanceof InvalidMessageException ex) ? ex.violations() : List.of();
	}

	// The text of any other exception may quote the message.
	private @Nullable String fault() {
		Throwable cause = this.result.outcome().cause();
		boolean ours = (this.reason == DeadLetterReason.MALFORMED && cause instanceof MalformedMessageException)
				|| (this.reason == DeadLetterReason.UNTRUSTED && cause instanceof UntrustedMessageException);
		return (ours && cause != null) ? LogText.of(cause.getMessage()) : null;
	}

}
