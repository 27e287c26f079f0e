package io.pubsub.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.pubsub.IdempotencyKey;
import io.pubsub.MessageContext;
import io.pubsub.schema.internal.DeclaredId;
import org.jspecify.annotations.Nullable;

/**
 * {@link IdempotencyKeys} by {@link IdempotencyKey}.
 */
final class ContentKeys implements IdempotencyKeys {

	private static final ClassValue<List<DeclaredId>> DECLARED = new ClassValue<>() {

		@Override
		protected List<DeclaredId> computeValue(Class<?> schema) {
			return DeclaredId.allOf(schema, IdempotencyKey.class);
		}

	};

	@Override
	public @Nullable String keyOf(Object content, MessageContext context) {
		List<DeclaredId> parts = DECLARED.get(content.getClass());
		StringBuilder text = new StringBuilder(context.mediaType().value());
		for (DeclaredId part : parts) {
			String value = part.read(content);
			if (value == null) {
				return null;
			}
			// With its length, no two lists of values make the same text.
			text.append('\n').append(value.length()).append(':').append(value);
		}
		return parts.isEmpty() ? null : hash(text.toString());
	}

	private static String hash(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256, but not this one", ex);
		}
	}

}
