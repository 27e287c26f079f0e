package io.pubsub.benchmarks.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * An object of S3: a few lines of text in gzip.
 *
 * @param sequence the number of the object, from 0
 */
public record LineFile(int sequence) {

	/** The bucket of all of these objects. */
	public static final String BUCKET = "line-files";

	private static final String PREFIX = "lines/";

	private static final String SUFFIX = ".txt.gz";

	private static final int MOST_LINES = 9;

	/**
	 * Find out which object has a key.
	 * @param key the key, decoded
	 * @return the object
	 */
	public static LineFile ofKey(String key) {
		return new LineFile(Integer.parseInt(key, PREFIX.length(), key.length() - SUFFIX.length(), 10));
	}

	/**
	 * Return the key of the object.
	 * @return the key, the same whether encoded or not
	 */
	public String key() {
		return PREFIX + this.sequence + SUFFIX;
	}

	/**
	 * Return the number of its lines, which depends on its number.
	 * @return the number, at least 1
	 */
	public int lines() {
		return 1 + this.sequence % MOST_LINES;
	}

	/**
	 * Write its content.
	 * @return the content, compressed
	 */
	public byte[] content() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
			for (int line = 0; line < lines(); line++) {
				writer.write("%d,%s%n".formatted(line, Sentence.of(this.sequence + line).text()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
