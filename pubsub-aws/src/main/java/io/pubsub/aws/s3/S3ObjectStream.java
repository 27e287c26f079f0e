package io.pubsub.aws.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object as they are stored. Where a connection breaks off, another one
 * goes on, if the object is still the same. An end that comes too early is never the end.
 * <p>
 * Not safe for use by several threads.
 */
final class S3ObjectStream extends InputStream {

	private static final int MOST_FRUITLESS = 3;

	private final S3Reader reader;

	private final S3Object object;

	private final GetObjectResponse first;

	private final long length;

	private ResponseInputStream<GetObjectResponse> current;

	private long position;

	private int fruitless;

	private boolean closed;

	S3ObjectStream(S3Reader reader, S3Object object) {
		this.reader = reader;
		this.object = object;
		this.current = reader.get(object);
		this.first = this.current.response();
		this.length = (this.first.contentLength() != null) ? this.first.contentLength() : -1;
	}

	/**
	 * The metadata of the object.
	 * @return the metadata that its writer gave it
	 */
	Map<String, String> metadata() {
		return this.first.metadata();
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) == -1) ? -1 : Byte.toUnsignedInt(one[0]);
	}

	@Override
	public int read(byte[] bytes, int offset, int count) throws IOException {
		Objects.checkFromIndexSize(offset, count, bytes.length);
		if (this.closed) {
			throw new IOException(this.object.place() + " has been closed");
		}
		int read = tryRead(bytes, offset, count);
		while (read == -1 && this.position < this.length) {
			read = tryRead(bytes, offset, count);
		}
		return read;
	}

	private int tryRead(byte[] bytes, int offset, int count) throws IOException {
		try {
			int read = this.current.read(bytes, offset, count);
			if (read > 0) {
				this.position += read;
				this.fruitless = 0;
			}
			if (read >= 0 || this.position >= this.length) {
				return read;
			}
			resume(new EOFException("the connection ended"));
		}
		catch (IOException ex) {
			resume(ex);
		}
		return -1;
	}

	private void resume(IOException failure) throws IOException {
		if (this.position == this.length) {
			return;
		}
		if (this.fruitless == MOST_FRUITLESS || !isIdentified()) {
			throw brokenOff(failure);
		}
		this.fruitless++;
		this.current.abort();
		this.current = rest();
		checkRange(this.current.response().contentRange());
	}

	private ResponseInputStream<GetObjectResponse> rest() throws IOException {
		try {
			return this.reader.getRest(this.object, this.first, this.position);
		}
		catch (ReplacedObjectException ex) {
			if (this.object.eTag() != null) {
				throw ex;
			}
			// Whoever asks for the latest object gets it the next time.
			throw brokenOff(new IOException("the object was replaced while it was read", ex));
		}
	}

	// Without either, the rest could be that of another object.
	private boolean isIdentified() {
		return this.length >= 0 && (this.first.eTag() != null || this.first.versionId() != null);
	}

	private void checkRange(@Nullable String range) throws IOException {
		if (range == null || !range.startsWith("bytes " + this.position + "-")) {
			throw brokenOff(new IOException("the answer to the request for the rest is another part of the object"));
		}
	}

	private BrokenOffException brokenOff(IOException failure) {
		return new BrokenOffException(this.object, this.position, this.length, failure);
	}

	// To close before the end would read the rest, however much that is.
	@Override
	public void close() throws IOException {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.position == this.length) {
			this.current.close();
		}
		else {
			this.current.abort();
		}
	}

}
