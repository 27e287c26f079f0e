package io.pubsub.local.internal.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChunkedStream}.
 */
class ChunkedStreamTests {

	@ParameterizedTest
	@ValueSource(strings = { "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n",
			"5;chunk-signature=ab\r\nhello\r\n1;chunk-signature=cd\r\n!\r\n0;chunk-signature=ef\r\n\r\n",
			"006\r\nhello!\r\n0\r\nx-amz-checksum-crc32:abc=\r\n\r\n" })
	void stripsTheFraming(String framed) throws IOException {
		assertThat(new String(stream(framed).readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello!");
	}

	@Test
	void keepsTheTrailers() throws IOException {
		ChunkedStream stream = stream(
				"0;chunk-signature=ab\r\nX-Amz-Checksum-Crc32: abc=\r\n" + "x-amz-trailer-signature:cd\r\n\r\n");
		assertThat(stream.read()).isEqualTo(-1);
		assertThat(stream.trailers()).containsEntry("x-amz-checksum-crc32", "abc=")
			.containsEntry("x-amz-trailer-signature", "cd");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5\r\nhel", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n", "5\r\nhello\r\n0\r\nx-amz" })
	void isNotShortWhenTheBodyEndsEarly(String framed) {
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> stream(framed).readAllBytes())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("IncompleteBody"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello\r\n", "5\r\nhello!\r\n0\r\n\r\n", "0\r\nno trailer\r\n\r\n" })
	void refusesOtherFraming(String framed) {
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> stream(framed).readAllBytes())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("InvalidRequest"));
	}

	private static ChunkedStream stream(String framed) {
		return new ChunkedStream(new ByteArrayInputStream(framed.getBytes(StandardCharsets.UTF_8)));
	}

}
