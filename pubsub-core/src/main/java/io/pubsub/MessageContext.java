package io.pubsub;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a message besides its content.
 * <p>
 * Immutable, but for the {@link #lease()}. While a handler runs, {@link #current()} gives
 * the context of its message on the handler's thread, and on those that Micrometer's
 * context propagation takes it to.
 *
 * @param messageId the id that the source gave to the message
 * @param mediaType the media type
 * @param attempt the number of the attempt at the message, from 1
 * @param timeToLive the number of services that the message may still pass through;
 * {@code null} if that is not limited
 * @param publishedAt the time of publishing, if the publisher said so
 * @param opaqueData the opaque data of the message, time to live included
 * @param attributes the message attributes that the broker carried
 * @param groupId the group of the message, if there is one; what its handler publishes
 * gets it too, unless it says otherwise
 * @param snsMessageId the id that SNS gave to the message, the same in all queues;
 * {@code null} if the message did not come in a notification of SNS
 * @param lease the hold on the message
 * @since 0.1.0
 */
public record MessageContext(String messageId, MediaType mediaType, int attempt, @Nullable Integer timeToLive,
		@Nullable Instant publishedAt, OpaqueData opaqueData, Map<String, String> attributes, @Nullable String groupId,
		@Nullable String snsMessageId, Lease lease) {

	private static final ThreadLocal<@Nullable MessageContext> CURRENT = new ThreadLocal<>();

	public MessageContext {
		Objects.requireNonNull(messageId, "a message context needs a message id");
		Objects.requireNonNull(mediaType, "a message context needs a media type");
		Objects.requireNonNull(lease, "a message context needs a lease, which may be permanent");
		attributes = Map.copyOf(attributes);
	}

	/**
	 * The context of a message without a group, and not from a notification of SNS, that
	 * nobody can take away.
	 * @param messageId the id that the source gave to the message
	 * @param mediaType the media type
	 * @param attempt the number of the attempt at the message, from 1
	 * @param timeToLive the number of services that the message may still pass through
	 * @param publishedAt the time of publishing
	 * @param opaqueData the opaque data of the message
	 * @param attributes the message attributes that the broker carried
	 */
	public MessageContext(String messageId, MediaType mediaType, int attempt, @Nullable Integer timeToLive,
			@Nullable Instant publishedAt, OpaqueData opaqueData, Map<String, String> attributes) {
		this(messageId, mediaType, attempt, timeToLive, publishedAt, opaqueData, attributes, null, null,
				Lease.PERMANENT);
	}

	/**
	 * The context of the message that the calling thread is handling.
	 * @return the context, or {@code null} outside of a handler
	 */
	public static @Nullable MessageContext current() {
		return CURRENT.get();
	}

	/**
	 * A value of the opaque data.
	 * @param key the key, in any case
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String get(String key) {
		return this.opaqueData.get(key);
	}

	/**
	 * Whether the message is no longer ours, because it could not be kept hidden from
	 * others: somebody else may be handling it by now. The handler's thread is
	 * interrupted when that happens, and what the handler does to the message, or has
	 * deferred, is refused from then on. A long handler that cannot be interrupted may
	 * ask before it does what must not be done twice.
	 * @return {@code true} from the moment on at which the message was lost
	 */
	public boolean isLost() {
		return this.lease.isLost();
	}

	/**
	 * Makes this the context of the calling thread until the scope is closed, which must
	 * happen on the same thread.
	 * @return the scope, which restores what was current before
	 */
	public Scope makeCurrent() {
		MessageContext previous = CURRENT.get();
		CURRENT.set(this);
		return () -> replace(previous);
	}

	static void replace(@Nullable MessageContext context) {
		if (context != null) {
			CURRENT.set(context);
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * Names the message without what strangers wrote, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "MessageContext[%s, %s, attempt %d]".formatted(LogText.of(this.messageId), this.mediaType, this.attempt);
	}

	/**
	 * The time during which a context is current.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
