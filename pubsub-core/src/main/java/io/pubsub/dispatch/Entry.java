package io.pubsub.dispatch;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.pubsub.IgnoreMessageException;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.SkipMessageException;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * The way of a message to its recipient: it is opened, which tells whether it can be
 * trusted, its time to live is counted down, its recipient is found, and its content is
 * decoded and validated.
 * <p>
 * Whatever goes wrong is an outcome of the message. Content is decoded to the class of
 * the recipient, but for {@link OpenedMessage} and {@link InboundMessage}: whoever takes
 * these gets the message as it is. Can be called on any thread, at any time, by many
 * threads.
 *
 * @param <R> the type of recipients
 * @since 0.1.0
 */
public final class Entry<R extends Recipient> {

	// Seconds since 1970 have had as many digits since 1973, and have them until 2286.
	private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{9,10}(\\.[0-9]{1,20})?");

	private static final int NANO_DIGITS = 9;

	private final Envelope envelope;

	private final MessageCodec codec;

	private final TimeToLive timeToLive;

	private final Attempts attempts;

	private final Function<MediaType, @Nullable R> recipients;

	private final Timekeeper timekeeper;

	/**
	 * Makes an entry.
	 * @param envelope the envelope of the messages
	 * @param codec the codec of their content
	 * @param timeToLive the rule for how many services a message may pass through
	 * @param attempts the rule for how often a message may be tried
	 * @param recipients the recipient of each media type, if there is one
	 * @param timekeeper the time to go by
	 */
	Entry(Envelope envelope, MessageCodec codec, TimeToLive timeToLive, Attempts attempts,
			Function<MediaType, @Nullable R> recipients, Timekeeper timekeeper) {
		this.envelope = envelope;
		this.codec = codec;
		this.timeToLive = timeToLive;
		this.attempts = attempts;
		this.recipients = recipients;
		this.timekeeper = timekeeper;
	}

	/**
	 * Lets the message of a delivery in, or finds out what becomes of it instead.
	 * @param delivery the delivery, which has begun
	 * @return the arrival
	 */
	public Arrival<R> enter(Delivery delivery) {
		long begun = this.timekeeper.nanos();
		MessageContext context = null;
		R recipient = null;
		try {
			OpenedMessage opened = open(delivery.message());
			context = context(delivery, opened);
			if (isUsedUp(context.timeToLive())) {
				return new Arrival.Refused<>(delivery, begun, context, null,
						Outcome.expired("its time to live is used up"), null);
			}
			recipient = this.recipients.apply(context.mediaType());
			if (recipient == null) {
				return new Arrival.Refused<>(delivery, begun, context, null, unhandled(delivery), null);
			}
			Object content = content(delivery.message(), opened, recipient.contentType());
			return new Arrival.Admitted<>(delivery, begun, context, recipient, content);
		}
		catch (Throwable ex) {
			DeadLetterReason reason = deadLetterReason(ex);
			return new Arrival.Refused<>(delivery, begun, context, recipient, outcome(ex, reason), reason);
		}
	}

	/**
	 * What would become of a message at its first delivery, up to the call of its
	 * recipient.
	 * @param message the message, of which nothing changes
	 * @return the verdict
	 */
	public Verdict judge(InboundMessage message) {
		return Verdict.of(enter(new TrackedDelivery(message, 1, Looking.INSTANCE)));
	}

	// Whatever the code of users throws about a body, it will throw again, and its text
	// may quote the body.
	private OpenedMessage open(InboundMessage message) {
		try {
			OpenedMessage opened = this.envelope.open(message);
			return Objects.requireNonNull(opened, "an envelope must not return null");
		}
		catch (MalformedMessageException | UntrustedMessageException | NackException | SkipMessageException
				| IgnoreMessageException ex) {
			throw ex;
		}
		catch (Exception | StackOverflowError ex) {
			throw new MalformedMessageException("the envelope cannot open it (" + ex.getClass().getName() + ")");
		}
	}

	private Object content(InboundMessage message, OpenedMessage opened, Class<?> type) {
		if (type == InboundMessage.class) {
			return message;
		}
		return (type == OpenedMessage.class) ? opened : this.codec.decode(opened, type);
	}

	private MessageContext context(Delivery delivery, OpenedMessage opened) {
		InboundMessage message = delivery.message();
		OpaqueData opaqueData = opened.opaqueData();
		Integer remaining = this.timeToLive.remaining(opaqueData);
		if (remaining != null) {
			opaqueData = opaqueData.with(OpaqueData.TIME_TO_LIVE, remaining.toString());
		}
		return new MessageContext(message.id(), opened.mediaType(), delivery.attempt(), remaining,
				publishedAt(opaqueData.get(OpaqueData.PUBLISHED)), opaqueData, opened.attributes(), message.groupId(),
				opened.snsMessageId(), delivery);
	}

	// What makes no sense counts as absent: a stranger's header is no reason to lose a
	// message.
	private static @Nullable Instant publishedAt(@Nullable String seconds) {
		if (seconds == null || !EPOCH_SECONDS.matcher(seconds).matches()) {
			return null;
		}
		BigDecimal time = new BigDecimal(seconds);
		return Instant.ofEpochSecond(time.longValue(),
				time.remainder(BigDecimal.ONE).movePointRight(NANO_DIGITS).intValue());
	}

	private static boolean isUsedUp(@Nullable Integer timeToLive) {
		return timeToLive != null && timeToLive <= 0;
	}

	private Outcome unhandled(Delivery delivery) {
		return this.attempts.isOver(delivery.attempt()) ? Attempts.exceeded()
				: Outcome.ignored("nothing here takes this media type");
	}

	private static @Nullable DeadLetterReason deadLetterReason(Throwable thrown) {
		if (thrown instanceof MalformedMessageException) {
			return DeadLetterReason.MALFORMED;
		}
		if (thrown instanceof UntrustedMessageException) {
			return DeadLetterReason.UNTRUSTED;
		}
		return (thrown instanceof InvalidMessageException) ? DeadLetterReason.INVALID : null;
	}

	private static Outcome outcome(Throwable thrown, @Nullable DeadLetterReason reason) {
		if (reason != null) {
			return Outcome.failed(reason.code(), thrown);
		}
		Outcome outcome = Outcome.of(thrown);
		return (outcome.kind() == Outcome.Kind.RETRIED) ? Outcome.untried(outcome.retryAfter(), outcome.reason())
				: outcome;
	}

	/**
	 * Settles nothing: a message that is only looked at stays where it is.
	 */
	private enum Looking implements TrackedDelivery.Settler {

		INSTANCE;

		@Override
		public void ack(TrackedDelivery delivery) {
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		}

	}

}
