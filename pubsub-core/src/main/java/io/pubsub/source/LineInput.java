package io.pubsub.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 line by line, each as soon as it is complete. A line that is not UTF-8, or
 * too long, spoils no other one.
 */
final class LineInput implements AutoCloseable {

	static final int LONGEST_LINE = 16 * 1024 * 1024;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final InputStream input;

	private long number;

	private long bytesRead;

	LineInput(InputStream input) {
		this.input = new BufferedInputStream(input);
	}

	@Nullable Line next() throws IOException {
		int next = read();
		if (next < 0) {
			return null;
		}
		this.number++;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		boolean tooLong = false;
		while (next >= 0 && next != '\n') {
			tooLong = tooLong || bytes.size() >= LONGEST_LINE;
			if (!tooLong) {
				bytes.write(next);
			}
			next = read();
		}
		return tooLong ? new Line(this.number, "", "longer than " + LONGEST_LINE + " bytes") : decode(bytes);
	}

	private int read() throws IOException {
		int next = this.input.read();
		this.bytesRead += (next >= 0) ? 1 : 0;
		return next;
	}

	private Line decode(ByteArrayOutputStream bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
			return new Line(this.number, withoutMarks(text), null);
		}
		catch (CharacterCodingException ex) {
			return new Line(this.number, "", "not UTF-8");
		}
	}

	// Files that were put together have such a mark at the start of each part.
	private String withoutMarks(String text) {
		int start = (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) ? 1 : 0;
		int end = text.endsWith("\r") ? text.length() - 1 : text.length();
		return text.substring(start, Math.max(start, end));
	}

	/**
	 * How far the reading got.
	 * @return the number of the last line
	 */
	long lineNumber() {
		return this.number;
	}

	long bytesRead() {
		return this.bytesRead;
	}

	@Override
	public void close() throws IOException {
		this.input.close();
	}

}
