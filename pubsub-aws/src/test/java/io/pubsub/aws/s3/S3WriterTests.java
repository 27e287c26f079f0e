package io.pubsub.aws.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.pubsub.RejectMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link S3Writer}.
 */
class S3WriterTests {

	private final FakeS3 s3 = new FakeS3();

	private final S3Writer<Count> writer = S3Writer.of(this.s3.client(), FakeS3.BUCKET, Count::key, Count::bytes);

	@AfterEach
	void close() {
		this.s3.close();
	}

	@Test
	void writesAnElementUnderItsKey() {
		this.writer.contentType("text/plain").write(new Count("a b/ä+.txt", "7"));
		assertThat(this.s3.content("a b/ä+.txt")).asString().isEqualTo("7");
		assertThat(this.s3.contentType("a b/ä+.txt")).isEqualTo("text/plain");
	}

	@Test
	void compressesAnElement() throws IOException {
		S3Object written = this.writer.compressed().write(new Count("a.gz", "7"));
		assertThat(this.s3.content("a.gz")).startsWith(0x1f, 0x8b);
		try (InputStream content = new S3Objects(this.s3.client(), MissingObject.FAIL).open(written)) {
			assertThat(content.readAllBytes()).asString().isEqualTo("7");
		}
	}

	@Test
	void writesAnElementThatComesAgainOnlyOnce() {
		S3Object first = this.writer.write(new Count("a", "7"));
		assertThat(this.writer.write(new Count("a", "7"))).isEqualTo(first);
		assertThat(this.s3.puts()).isOne();
	}

	@Test
	void writesNoSecondObjectOfAnElementThatIsCompressedDifferently() {
		this.writer.write(new Count("a", "7"));
		this.writer.compressed().write(new Count("a", "7"));
		assertThat(this.s3.content("a")).asString().isEqualTo("7");
	}

	@Test
	void refusesToReplaceAnotherContent() {
		this.writer.write(new Count("a", "7"));
		assertThatExceptionOfType(ExistingObjectException.class)
			.isThrownBy(() -> this.writer.write(new Count("a", "8")))
			.isInstanceOf(RejectMessageException.class)
			.withMessageStartingWith("s3://files/a is not written: there is another object under this key");
		assertThat(this.s3.content("a")).asString().isEqualTo("7");
	}

	@Test
	void refusesToReplaceWhatItHasNotWritten() {
		this.s3.put("a", "7".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(ExistingObjectException.class)
			.isThrownBy(() -> this.writer.write(new Count("a", "7")));
	}

	@Test
	void replacesWhatIsThereIfToldSo() {
		this.writer.replacing().write(new Count("a", "7"));
		this.writer.replacing().write(new Count("a", "8"));
		assertThat(this.s3.content("a")).asString().isEqualTo("8");
	}

	@Test
	void namesTheObjectThatS3Refuses() {
		this.s3.fault(FakeS3.Fault.NO_BUCKET);
		assertThatExceptionOfType(UnwritableObjectException.class)
			.isThrownBy(() -> this.writer.write(new Count("a", "7")))
			.withMessage("s3://files/a cannot be written: S3 says NoSuchBucket (404)");
	}

	record Count(String key, String text) {

		byte[] bytes() {
			return this.text.getBytes(StandardCharsets.UTF_8);
		}

	}

}
