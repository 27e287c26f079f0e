package io.pubsub.aws.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The content of all members of a gzip file. Unlike the stream of the JDK, it does not
 * take the end of a member for the end of all if nothing more is available at the moment.
 */
final class GunzipStream extends InputStream {

	private final S3Object object;

	private final InputStream content;

	private boolean closed;

	/**
	 * Opens a file.
	 * @param object the object that the file is
	 * @param stored the file, which is closed with this
	 * @throws IOException if it cannot be read
	 */
	GunzipStream(S3Object object, InputStream stored) throws IOException {
		this.object = object;
		this.content = explained(
				() -> GzipCompressorInputStream.builder().setInputStream(stored).setDecompressConcatenated(true).get());
	}

	@Override
	public int read() throws IOException {
		checkOpen();
		return explained(this.content::read);
	}

	@Override
	public int read(byte[] bytes, int offset, int count) throws IOException {
		checkOpen();
		return explained(() -> this.content.read(bytes, offset, count));
	}

	private void checkOpen() throws IOException {
		if (this.closed) {
			throw new IOException(this.object.place() + " has been closed");
		}
	}

	private <T> T explained(Action<T> action) throws IOException {
		try {
			return action.run();
		}
		catch (BrokenOffException ex) {
			throw ex;
		}
		catch (EOFException ex) {
			throw new CorruptObjectException(this.object, "begins as gzip, but ends before the gzip does", ex);
		}
		catch (IOException ex) {
			throw new CorruptObjectException(this.object, "begins as gzip, but is broken: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.content.close();
	}

	/**
	 * Something that reads.
	 */
	@FunctionalInterface
	private interface Action<T> {

		T run() throws IOException;

	}

}
