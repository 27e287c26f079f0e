package io.pubsub.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.pubsub.RejectMessageException;
import io.pubsub.aws.s3.ExistingObjectException;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.s3.S3Writer;
import io.pubsub.aws.s3.UnwritableObjectException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The promises of {@link S3Writer}.
 */
abstract class S3WriterContract {

	private static final String KEY = "a b/ä+%.txt";

	private final S3Client s3;

	private final String bucket;

	private final S3Objects objects;

	private final S3Writer<Count> writer;

	S3WriterContract(Broker broker) {
		this.s3 = broker.s3();
		this.bucket = broker.createBucket();
		this.objects = new S3Objects(this.s3, MissingObject.FAIL);
		this.writer = S3Writer.of(this.s3, this.bucket, Count::key, Count::bytes);
	}

	@Test
	void writesAnElementUnderItsKey() throws IOException {
		S3Object written = this.writer.contentType("text/csv").write(new Count(KEY, "7"));
		assertThat(read(this.objects, written)).isEqualTo("7");
		HeadObjectResponse head = this.s3.headObject((request) -> request.bucket(this.bucket).key(KEY));
		assertThat(head.contentType()).isEqualTo("text/csv");
		assertThat(head.eTag()).isEqualTo('"' + written.eTag() + '"');
	}

	@Test
	void compressesAnElement() throws IOException {
		S3Object written = this.writer.compressed().write(new Count(KEY, "7"));
		assertThat(read(this.objects, written)).isEqualTo("7");
		assertThat(read(this.objects.asStored(), written)).startsWith("\u001f");
	}

	@Test
	void writesAnElementThatComesAgainAsTheSameObject() throws IOException {
		S3Object first = this.writer.write(new Count(KEY, "7"));
		assertThat(this.writer.write(new Count(KEY, "7"))).isEqualTo(first);
		assertThat(this.s3.listObjectsV2((request) -> request.bucket(this.bucket)).contents()).hasSize(1);
	}

	@Test
	@Tag("conditional-writes")
	void doesNotWriteWhatIsThere() throws IOException {
		S3Object first = this.writer.write(new Count(KEY, "7"));
		assertThat(this.writer.compressed().write(new Count(KEY, "7"))).isEqualTo(first);
		assertThat(read(this.objects.asStored(), first)).isEqualTo("7");
	}

	@Test
	@Tag("conditional-writes")
	void refusesToReplaceAnotherContent() throws IOException {
		S3Object first = this.writer.write(new Count(KEY, "7"));
		assertThatExceptionOfType(ExistingObjectException.class)
			.isThrownBy(() -> this.writer.write(new Count(KEY, "8")))
			.isInstanceOf(RejectMessageException.class);
		assertThat(read(this.objects, first)).isEqualTo("7");
	}

	@Test
	@Tag("conditional-writes")
	void refusesToReplaceWhatItHasNotWritten() {
		this.s3.putObject((request) -> request.bucket(this.bucket).key(KEY), RequestBody.fromString("7"));
		assertThatExceptionOfType(ExistingObjectException.class)
			.isThrownBy(() -> this.writer.write(new Count(KEY, "7")));
	}

	@Test
	void replacesWhatIsThereIfToldSo() throws IOException {
		this.writer.replacing().write(new Count(KEY, "7"));
		S3Object second = this.writer.replacing().write(new Count(KEY, "8"));
		assertThat(read(this.objects, second)).isEqualTo("8");
	}

	@Test
	void namesTheObjectThatIsRefused() {
		String none = this.bucket + "-none";
		assertThatExceptionOfType(UnwritableObjectException.class)
			.isThrownBy(() -> S3Writer.of(this.s3, none, Count::key, Count::bytes).write(new Count("a", "7")))
			.withMessage("s3://%s/a cannot be written: S3 says NoSuchBucket (404)".formatted(none));
	}

	private static String read(S3Objects objects, S3Object object) throws IOException {
		try (InputStream content = objects.open(object)) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * What is written.
	 *
	 * @param key the key
	 * @param text the content
	 */
	record Count(String key, String text) {

		byte[] bytes() {
			return this.text.getBytes(StandardCharsets.UTF_8);
		}

	}

}
