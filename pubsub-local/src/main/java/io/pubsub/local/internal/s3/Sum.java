package io.pubsub.local.internal.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * What bytes add up to, by one of the algorithms of S3.
 */
interface Sum {

	void add(byte[] bytes, int length);

	/**
	 * Ends the sum.
	 * @return its bytes, in the order in which S3 writes them
	 */
	byte[] end();

	static Sum start(String algorithm) {
		return switch (algorithm) {
			case "CRC32" -> of(new CRC32(), Integer.BYTES);
			case "CRC32C" -> of(new CRC32C(), Integer.BYTES);
			case "CRC64NVME" -> of(new Crc64Nvme(), Long.BYTES);
			case "SHA1" -> of("SHA-1");
			case "SHA256" -> of("SHA-256");
			default -> of(algorithm);
		};
	}

	private static Sum of(Checksum checksum, int length) {
		return new Sum() {

			@Override
			public void add(byte[] bytes, int added) {
				checksum.update(bytes, 0, added);
			}

			@Override
			public byte[] end() {
				ByteBuffer value = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue());
				byte[] end = new byte[length];
				value.position(Long.BYTES - length).get(end);
				return end;
			}

		};
	}

	private static Sum of(String digestName) {
		MessageDigest digest = digest(digestName);
		return new Sum() {

			@Override
			public void add(byte[] bytes, int added) {
				digest.update(bytes, 0, added);
			}

			@Override
			public byte[] end() {
				return digest.digest();
			}

		};
	}

	private static MessageDigest digest(String name) {
		try {
			return MessageDigest.getInstance(name);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has " + name, ex);
		}
	}

}
