package io.pubsub.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GunzipStream}.
 */
class GunzipStreamTests {

	@Test
	void readsEveryMemberWhereNothingIsEverAvailable() throws IOException {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(member("first, "));
		file.writeBytes(member("second"));
		try (InputStream content = new GunzipStream(S3Object.of("files", "a"), new Unavailable(file.toByteArray()))) {
			assertThat(content.readAllBytes()).asString().isEqualTo("first, second");
		}
	}

	private static byte[] member(String text) throws IOException {
		ByteArrayOutputStream member = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return member.toByteArray();
	}

	/**
	 * A stream that has one byte at a time, and never one that is available.
	 */
	private static final class Unavailable extends FilterInputStream {

		Unavailable(byte[] bytes) {
			super(new ByteArrayInputStream(bytes));
		}

		@Override
		public int available() {
			return 0;
		}

		@Override
		public int read(byte[] bytes, int offset, int count) throws IOException {
			return super.read(bytes, offset, Math.min(count, 1));
		}

	}

}
