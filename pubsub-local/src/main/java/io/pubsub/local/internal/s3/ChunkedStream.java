package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The bytes of a body that is {@code aws-chunked}, without the framing. The signatures of
 * the chunks are not checked: the broker takes any credentials.
 */
final class ChunkedStream extends InputStream {

	private static final int LONGEST_LINE = 8 * 1024;

	private static final int HEX = 16;

	private final InputStream framed;

	private final Map<String, String> trailers = new HashMap<>();

	private long left;

	private boolean begun;

	private boolean ended;

	ChunkedStream(InputStream framed) {
		this.framed = framed;
	}

	// Complete when the stream has ended.
	Map<String, String> trailers() {
		return this.trailers;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.left == 0 && !this.ended) {
			nextChunk();
		}
		if (this.ended) {
			return -1;
		}
		int read = this.framed.read(bytes, offset, (int) Math.min(length, this.left));
		if (read < 0) {
			throw incomplete();
		}
		this.left -= read;
		return read;
	}

	private void nextChunk() throws IOException {
		if (this.begun && !readLine().isEmpty()) {
			throw malformed();
		}
		this.begun = true;
		this.left = size(readLine());
		if (this.left == 0) {
			readTrailers();
			this.ended = true;
		}
	}

	private static long size(String line) {
		int end = line.indexOf(';');
		try {
			return Long.parseUnsignedLong((end < 0) ? line : line.substring(0, end), HEX);
		}
		catch (NumberFormatException ex) {
			throw malformed();
		}
	}

	private void readTrailers() throws IOException {
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			if (colon < 0) {
				throw malformed();
			}
			this.trailers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
		}
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = this.framed.read(); c != '\n'; c = this.framed.read()) {
			if (c < 0) {
				throw incomplete();
			}
			if (line.length() > LONGEST_LINE) {
				throw malformed();
			}
			line.append((char) c);
		}
		return line.toString().strip();
	}

	private static S3Exception incomplete() {
		return S3Exception.badRequest("IncompleteBody", "The request body terminated unexpectedly");
	}

	private static S3Exception malformed() {
		return S3Exception.badRequest("InvalidRequest",
				"The body of the request is not aws-chunked as its headers say");
	}

	static boolean isAnnounced(Map<String, String> headers) {
		return headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-")
				|| headers.getOrDefault("content-encoding", "").contains("aws-chunked")
				|| headers.containsKey("x-amz-decoded-content-length");
	}

}
