package io.pubsub.local.internal.s3;

import java.util.List;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UploadOperations}, by the client of AWS.
 */
class UploadOperationsTests {

	private static final String KEY = "large";

	private static final byte[] FIRST = new byte[5 * 1024 * 1024];

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final S3Client s3 = running.s3();

	private final String bucket = running.bucket();

	private final String id = this.s3
		.createMultipartUpload(
				(request) -> request.bucket(this.bucket).key(KEY).checksumAlgorithm(ChecksumAlgorithm.CRC32))
		.uploadId();

	@Test
	void makesOneObjectOfItsParts() {
		CompletedPart first = put(1, FIRST);
		CompletedPart last = put(9, "end".getBytes());
		CompleteMultipartUploadResponse completed = complete(first, last);
		assertThat(completed.eTag()).endsWith("-2\"");
		assertThat(completed.checksumCRC32()).endsWith("-2");
		assertThat(this.s3.getObjectAsBytes((request) -> request.bucket(this.bucket).key(KEY)).asByteArray())
			.hasSize(FIRST.length + 3)
			.endsWith("end".getBytes());
	}

	@Test
	void hasAChecksumOfAllBytes() {
		String upload = this.s3
			.createMultipartUpload((request) -> request.bucket(this.bucket)
				.key(KEY)
				.checksumAlgorithm(ChecksumAlgorithm.CRC32)
				.checksumType(ChecksumType.FULL_OBJECT))
			.uploadId();
		CompletedPart only = put(upload, 1, "hello".getBytes());
		assertThat(complete(upload, only).checksumCRC32()).isEqualTo("NhCmhg==");
		assertThat(this.s3.getObjectAsBytes((request) -> request.bucket(this.bucket).key(KEY)).asUtf8String())
			.isEqualTo("hello");
	}

	@Test
	void copiesAPart() {
		this.s3.putObject((request) -> request.bucket(this.bucket).key("source"), RequestBody.fromString("hello"));
		String etag = this.s3
			.uploadPartCopy((request) -> request.sourceBucket(this.bucket)
				.sourceKey("source")
				.copySourceRange("bytes=1-3")
				.destinationBucket(this.bucket)
				.destinationKey(KEY)
				.uploadId(this.id)
				.partNumber(1))
			.copyPartResult()
			.eTag();
		complete(CompletedPart.builder().partNumber(1).eTag(etag).build());
		assertThat(this.s3.getObjectAsBytes((request) -> request.bucket(this.bucket).key(KEY)).asUtf8String())
			.isEqualTo("ell");
	}

	@Test
	void listsItsParts() {
		put(1, "1".getBytes());
		put(2, "old".getBytes());
		put(2, "22".getBytes());
		ListPartsResponse page = this.s3
			.listParts((request) -> request.bucket(this.bucket).key(KEY).uploadId(this.id).maxParts(1));
		assertThat(page.isTruncated()).isTrue();
		assertThat(this.s3
			.listParts((request) -> request.bucket(this.bucket)
				.key(KEY)
				.uploadId(this.id)
				.partNumberMarker(page.nextPartNumberMarker()))
			.parts()).singleElement().satisfies((part) -> assertThat(part.size()).isEqualTo(2));
	}

	@Test
	void refusesPartsThatAreNotThere() {
		CompletedPart first = put(1, FIRST);
		assertRefused("InvalidPart", first.toBuilder().partNumber(3).build());
		assertRefused("InvalidPart", first.toBuilder().eTag("\"other\"").build());
	}

	@Test
	void refusesPartsInAnotherOrder() {
		CompletedPart first = put(1, FIRST);
		CompletedPart second = put(2, FIRST);
		assertRefused("InvalidPartOrder", second, first);
	}

	@Test
	void refusesASmallPartBeforeTheLast() {
		assertRefused("EntityTooSmall", put(1, "small".getBytes()), put(2, "end".getBytes()));
	}

	@Test
	void forgetsAnUploadThatIsAborted() {
		this.s3.abortMultipartUpload((request) -> request.bucket(this.bucket).key(KEY).uploadId(this.id));
		assertThatExceptionOfType(NoSuchUploadException.class).isThrownBy(() -> put(1, FIRST));
	}

	private CompletedPart put(int number, byte[] content) {
		return put(this.id, number, content);
	}

	private CompletedPart put(String upload, int number, byte[] content) {
		UploadPartResponse put = this.s3.uploadPart(
				(request) -> request.bucket(this.bucket).key(KEY).uploadId(upload).partNumber(number),
				RequestBody.fromBytes(content));
		return CompletedPart.builder().partNumber(number).eTag(put.eTag()).checksumCRC32(put.checksumCRC32()).build();
	}

	private CompleteMultipartUploadResponse complete(CompletedPart... parts) {
		return complete(this.id, parts);
	}

	private CompleteMultipartUploadResponse complete(String upload, CompletedPart... parts) {
		return this.s3.completeMultipartUpload((request) -> request.bucket(this.bucket)
			.key(KEY)
			.uploadId(upload)
			.multipartUpload((completed) -> completed.parts(List.of(parts))));
	}

	private void assertRefused(String code, CompletedPart... parts) {
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> complete(parts))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo(code));
	}

}
