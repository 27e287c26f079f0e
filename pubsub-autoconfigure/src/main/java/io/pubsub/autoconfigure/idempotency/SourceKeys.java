package io.pubsub.autoconfigure.idempotency;

import io.pubsub.MessageContext;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.idempotency.IdempotencyKeys;
import org.jspecify.annotations.Nullable;

/**
 * The {@link IdempotencyKeys} that suit a source. The ids of lines are their numbers, and
 * come again with the next input.
 *
 * @param keys the keys
 */
record SourceKeys(IdempotencyKeys keys) implements IdempotencyKeys {

	static SourceKeys of(@Nullable String source) {
		return new SourceKeys(InputAddress.isInput(source) ? IdempotencyKeys.ofContent() : IdempotencyKeys.standard());
	}

	@Override
	public @Nullable String keyOf(Object content, MessageContext context) {
		return this.keys.keyOf(content, context);
	}

}
