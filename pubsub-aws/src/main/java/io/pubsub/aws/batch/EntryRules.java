package io.pubsub.aws.batch;

import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.WireCharacters;
import io.pubsub.transport.internal.SnsRules;
import org.jspecify.annotations.Nullable;

/**
 * The rules of SNS and SQS for a message. A message that breaks one is not sent: in a
 * batch, the broker would refuse its neighbours as well, and some of it would be lost
 * without a word. Immutable.
 *
 * @since 0.1.0
 */
public final class EntryRules implements AddressRules {

	private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

	private final ToIntFunction<String> maxBytes;

	private final boolean queues;

	private EntryRules(ToIntFunction<String> maxBytes, boolean queues) {
		this.maxBytes = maxBytes;
		this.queues = queues;
	}

	/**
	 * The rules of topics.
	 * @param maxBytes the number of bytes that a topic takes, in a message and in a
	 * request
	 * @return the rules
	 */
	public static EntryRules ofTopics(ToIntFunction<String> maxBytes) {
		return new EntryRules(maxBytes, false);
	}

	/**
	 * The rules of queues.
	 * @param maxBytes the number of bytes that a queue takes, in a message and in a
	 * request
	 * @return the rules
	 */
	public static EntryRules ofQueues(ToIntFunction<String> maxBytes) {
		return new EntryRules(maxBytes, true);
	}

	@Override
	public boolean isFifo(String address) {
		return SnsRules.INSTANCE.isFifo(address);
	}

	@Override
	public @Nullable String faultOfId(String id) {
		return SnsRules.INSTANCE.faultOfId(id);
	}

	@Override
	public int maxAttributes() {
		return SnsRules.INSTANCE.maxAttributes();
	}

	@Override
	public int maxBytes(String address) {
		return this.maxBytes.applyAsInt(address);
	}

	@Override
	public boolean isQueue(String address) {
		return this.queues;
	}

	/**
	 * Looks for what the broker would not take.
	 * @param message the message
	 * @return the fault, without any text of the message; {@code null} for none
	 */
	public @Nullable Exception faultOf(OutboundMessage message) {
		return faultOf(message, message.sizeInBytes());
	}

	@Nullable Exception faultOf(OutboundMessage message, int size) {
		int limit = maxBytes(message.address());
		if (size > limit) {
			return new MessageTooLargeException(message, size, limit);
		}
		String fault = faultOf(message, isFifo(message.address()));
		return (fault != null) ? new IllegalArgumentException(
				"%s cannot be sent to %s: %s".formatted(message.mediaType(), message.address(), fault)) : null;
	}

	private @Nullable String faultOf(OutboundMessage message, boolean fifo) {
		if (fifo && message.groupId() == null) {
			return "a FIFO address needs a group id";
		}
		if (!fifo && message.deduplicationId() != null) {
			return "only a FIFO address takes a deduplication id";
		}
		if (message.attributes().size() > maxAttributes()) {
			return "it has %d attributes, but at most %d can be delivered".formatted(message.attributes().size(),
					maxAttributes());
		}
		Stream<@Nullable String> faults = Stream.of(faultOfText("the body", message.body()),
				faultOfId("group id", message.groupId()), faultOfId("deduplication id", message.deduplicationId()));
		return Stream.concat(faults, message.attributes().entrySet().stream().map(EntryRules::faultOfAttribute))
			.filter((fault) -> fault != null)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String faultOfAttribute(Map.Entry<String, String> attribute) {
		return ATTRIBUTE_NAME.matcher(attribute.getKey()).matches()
				? faultOfText("the attribute " + attribute.getKey(), attribute.getValue())
				: "an attribute, of %d characters, must have a name of 1 to 256 letters, digits, '_', '-' and '.'"
					.formatted(attribute.getKey().length());
	}

	private static @Nullable String faultOfText(String name, String text) {
		if (text.isEmpty()) {
			return name + " is empty";
		}
		String fault = WireCharacters.faultOf(text);
		return (fault != null) ? name + " has " + fault + ", which is no character of XML 1.0: remove it or escape it"
				: null;
	}

	private @Nullable String faultOfId(String name, @Nullable String id) {
		String fault = (id != null) ? faultOfId(id) : null;
		return (id != null && fault != null) ? "the %s, of %d characters, %s".formatted(name, id.length(), fault)
				: null;
	}

}
