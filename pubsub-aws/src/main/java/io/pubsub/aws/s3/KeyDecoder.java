package io.pubsub.aws.s3;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.pubsub.schema.MalformedMessageException;

/**
 * Decodes the keys of S3's notifications, which are encoded as form fields are. Unlike
 * the decoder of the JDK, it refuses bytes that are not UTF-8, and puts no other
 * character in their place, which would be the key of another object.
 */
final class KeyDecoder {

	private static final int HEX_DIGIT_BITS = 4;

	private KeyDecoder() {
	}

	static String decode(String key) {
		try {
			ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			while (encoded.hasRemaining()) {
				bytes.write(next(encoded));
			}
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		// The causes quote the key.
		catch (BufferUnderflowException | NumberFormatException ex) {
			throw new MalformedMessageException("the key of a record is not URL-encoded");
		}
		catch (CharacterCodingException ex) {
			throw new MalformedMessageException("the key of a record is not UTF-8");
		}
	}

	private static int next(ByteBuffer encoded) {
		byte next = encoded.get();
		return switch (next) {
			case '+' -> ' ';
			case '%' ->
				(HexFormat.fromHexDigit(encoded.get()) << HEX_DIGIT_BITS) | HexFormat.fromHexDigit(encoded.get());
			default -> next;
		};
	}

}
