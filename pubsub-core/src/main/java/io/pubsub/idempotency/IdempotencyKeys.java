package io.pubsub.idempotency;

import io.pubsub.MessageContext;
import org.jspecify.annotations.Nullable;

/**
 * Knows by which key a message is told from others.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IdempotencyKeys {

	/**
	 * The key of a message.
	 * @param content the validated content
	 * @param context the context of the message
	 * @return the key, not longer than 255 characters; {@code null} to handle the message
	 * whenever it comes
	 */
	@Nullable String keyOf(Object content, MessageContext context);

	/**
	 * What the content has marked with {@link io.pubsub.IdempotencyKey @IdempotencyKey},
	 * if anything; or else the id that SNS gave to the message, or if it is not known,
	 * that of the source.
	 * @return the keys
	 */
	static IdempotencyKeys standard() {
		IdempotencyKeys ofContent = ofContent();
		return (content, context) -> {
			String key = ofContent.keyOf(content, context);
			if (key == null) {
				key = context.snsMessageId();
			}
			return (key != null) ? key : context.messageId();
		};
	}

	/**
	 * Only what the content has marked with
	 * {@link io.pubsub.IdempotencyKey @IdempotencyKey}. The key is a hash of it, so that
	 * nothing of a content gets into a store.
	 * @return the keys
	 */
	static IdempotencyKeys ofContent() {
		return new ContentKeys();
	}

}
