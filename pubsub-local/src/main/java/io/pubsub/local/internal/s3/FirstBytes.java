package io.pubsub.local.internal.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The first bytes of a stream.
 */
final class FirstBytes extends FilterInputStream {

	private long left;

	FirstBytes(InputStream stream, long length) {
		super(stream);
		this.left = length;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = (this.left == 0) ? -1 : super.read(bytes, offset, (int) Math.min(length, this.left));
		this.left -= Math.max(read, 0);
		return read;
	}

}
