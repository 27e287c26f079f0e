package io.pubsub.local.internal.sns;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One attribute of a message: a text, or bytes.
 *
 * @param dataType {@code String}, {@code Number}, {@code Binary} or one of these with a
 * suffix
 * @param text the value of a {@code String} or {@code Number}
 * @param bytes the value of a {@code Binary}
 */
record MessageAttribute(String dataType, @Nullable String text, @Nullable SdkBytes bytes) {

	boolean isNumber() {
		return this.dataType.startsWith("Number");
	}

	boolean isArray() {
		return this.dataType.equals("String.Array");
	}

	int size() {
		int size = this.dataType.getBytes(StandardCharsets.UTF_8).length;
		if (this.text != null) {
			size += this.text.getBytes(StandardCharsets.UTF_8).length;
		}
		if (this.bytes != null) {
			size += this.bytes.asByteArrayUnsafe().length;
		}
		return size;
	}

}
