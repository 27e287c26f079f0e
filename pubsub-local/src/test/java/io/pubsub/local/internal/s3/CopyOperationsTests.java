package io.pubsub.local.internal.s3;

import java.util.Map;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CopyOperations}, by the client of AWS.
 */
class CopyOperationsTests {

	private static final String SOURCE = "a b/ü+1";

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final S3Client s3 = running.s3();

	private final String bucket = running.bucket();

	private final String etag = this.s3
		.putObject((request) -> request.bucket(this.bucket).key(SOURCE).metadata(Map.of("of", "source")),
				RequestBody.fromString("hello"))
		.eTag();

	@Test
	void copiesWithTheMetadata() {
		assertThat(this.s3.copyObject(copy("copy").build()).copyObjectResult().eTag()).isEqualTo(this.etag);
		ResponseBytes<GetObjectResponse> got = this.s3
			.getObjectAsBytes((request) -> request.bucket(this.bucket).key("copy"));
		assertThat(got.asUtf8String()).isEqualTo("hello");
		assertThat(got.response().metadata()).containsEntry("of", "source");
	}

	@Test
	void replacesTheMetadata() {
		this.s3.copyObject(
				copy(SOURCE).metadataDirective(MetadataDirective.REPLACE).metadata(Map.of("of", "copy")).build());
		assertThat(this.s3.headObject((request) -> request.bucket(this.bucket).key(SOURCE)).metadata())
			.containsEntry("of", "copy");
	}

	@Test
	void copiesNothingToItself() {
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> this.s3.copyObject(copy(SOURCE).build()))
			.withMessageContaining("copy an object to itself");
	}

	@Test
	void copiesWhatTheConditionsHoldFor() {
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.copyObject(copy("copy").copySourceIfMatch("other").build()))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(412));
		this.s3.copyObject(copy("copy").copySourceIfMatch(this.etag).build());
		assertThat(this.s3.headObject((request) -> request.bucket(this.bucket).key("copy")).eTag())
			.isEqualTo(this.etag);
	}

	private CopyObjectRequest.Builder copy(String key) {
		return CopyObjectRequest.builder()
			.sourceBucket(this.bucket)
			.sourceKey(SOURCE)
			.destinationBucket(this.bucket)
			.destinationKey(key);
	}

}
