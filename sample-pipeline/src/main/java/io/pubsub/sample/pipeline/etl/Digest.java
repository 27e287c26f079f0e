package io.pubsub.sample.pipeline.etl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of the content of a file.
 */
final class Digest {

	private Digest() {
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return its SHA-256, in hexadecimal digits
	 * @throws IOException if it cannot be read
	 */
	static String of(Path file) throws IOException {
		try (InputStream content = Files.newInputStream(file)) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
