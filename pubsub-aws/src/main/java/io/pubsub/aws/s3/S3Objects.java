package io.pubsub.aws.s3;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

import software.amazon.awssdk.services.s3.S3Client;

/**
 * The content of objects of S3, which is streamed and never held as a whole.
 * <p>
 * Content that begins as gzip does is decompressed, whatever the name of the object, and
 * to the end of the last of its members. Any other encoding is left as it is. An object
 * that has an entity tag is read only if it still has it. Where a connection breaks off,
 * the rest is fetched with another one, and a content that ends too early is an
 * {@link IOException}.
 * <p>
 * Each method throws, beside what the client of S3 throws,
 * <ul>
 * <li>what {@link MissingObject} says if the object is not there: in a handler or a step
 * of a pipeline, this decides what becomes of the message;
 * <li>{@link ReplacedObjectException} if it is another one than that of the event;
 * <li>{@link CorruptObjectException} if it is broken gzip, or not of the charset;
 * <li>{@link UnreadableObjectException} if S3 refuses to give it;
 * <li>{@link IllegalArgumentException} if the event tells of its removal.
 * </ul>
 * So do streams while they are read. Safe for use by many threads; a stream is for one.
 *
 * @since 0.1.0
 */
public final class S3Objects {

	private static final byte[] GZIP = { 0x1f, (byte) 0x8b, 0x08 };

	private static final int BUFFER = 16 * 1024;

	private final S3Reader reader;

	private final boolean decompressing;

	/**
	 * Makes a way to objects.
	 * @param client the client of S3
	 * @param missing the end of a message whose object is not there
	 */
	public S3Objects(S3Client client, MissingObject missing) {
		this(new S3Reader(client, missing), true);
	}

	private S3Objects(S3Reader reader, boolean decompressing) {
		this.reader = reader;
		this.decompressing = decompressing;
	}

	/**
	 * The same objects as they are stored.
	 * @return a way to objects that decompresses nothing
	 */
	public S3Objects asStored() {
		return new S3Objects(this.reader, false);
	}

	/**
	 * Opens an object.
	 * @param object the object
	 * @return its content, to be closed; closed before its end, it gives up its
	 * connection and does not read the rest
	 * @throws IOException if the beginning cannot be read
	 */
	public InputStream open(S3Object object) throws IOException {
		if (object.wasRemoved()) {
			throw new IllegalArgumentException(
					"%s was removed, says its event, so that there is nothing to read".formatted(object.place())
							+ "; ask wasRemoved() first, or leave these events out");
		}
		InputStream stored = new S3ObjectStream(this.reader, object);
		try {
			BufferedInputStream content = new BufferedInputStream(stored, BUFFER);
			return (this.decompressing && isGzip(content)) ? new GunzipStream(object, content) : content;
		}
		catch (IOException | RuntimeException ex) {
			stored.close();
			throw ex;
		}
	}

	private static boolean isGzip(BufferedInputStream content) throws IOException {
		content.mark(GZIP.length);
		byte[] beginning = content.readNBytes(GZIP.length);
		content.reset();
		return Arrays.equals(beginning, GZIP);
	}

	/**
	 * Opens an object as lines of UTF-8, as {@link #lines(S3Object, Charset)} does.
	 * @param object the object
	 * @return its lines, to be closed
	 * @throws IOException if the beginning cannot be read
	 */
	public Stream<String> lines(S3Object object) throws IOException {
		return lines(object, StandardCharsets.UTF_8);
	}

	/**
	 * Opens an object as lines. Closed before its end, the stream does not read the rest;
	 * {@code flatMap} of a pipeline closes it. What cannot be read is an
	 * {@link UncheckedIOException}.
	 * @param object the object
	 * @param charset the charset
	 * @return its lines, to be closed
	 * @throws IOException if the beginning cannot be read
	 */
	public Stream<String> lines(S3Object object, Charset charset) throws IOException {
		BufferedReader lines = new BufferedReader(new ObjectText(object, open(object), charset));
		return lines.lines().onClose(() -> close(lines));
	}

	private static void close(BufferedReader lines) {
		try {
			lines.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Copies an object to a file, which is there as a whole or not at all. A file of that
	 * name is replaced.
	 * @param object the object
	 * @param file the file, in a directory that exists
	 * @throws IOException if the object cannot be read or the file cannot be written
	 */
	public void copyTo(S3Object object, Path file) throws IOException {
		Path partial = file.resolveSibling("." + UUID.randomUUID() + ".part");
		try (InputStream content = open(object)) {
			Files.copy(content, partial);
			Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(partial);
		}
	}

}
