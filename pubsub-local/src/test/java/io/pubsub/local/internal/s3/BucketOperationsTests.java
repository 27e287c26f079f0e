package io.pubsub.local.internal.s3;

import io.pubsub.local.LocalBrokerException;
import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BucketOperations}, by the client of AWS.
 */
class BucketOperationsTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final S3Client s3 = running.s3();

	@Test
	void createsABucketOnce() {
		String name = "bucket-" + running.uniqueName();
		this.s3.createBucket((request) -> request.bucket(name));
		running.broker().createBucket(name);
		assertThat(this.s3.createBucket((request) -> request.bucket(name)).location()).isEqualTo("/" + name);
		assertThat(this.s3.listBuckets().buckets()).extracting(Bucket::name).containsOnlyOnce(name);
	}

	@Test
	void tellsTheRegionOfABucket() {
		String bucket = running.bucket();
		assertThat(this.s3.headBucket((request) -> request.bucket(bucket)).bucketRegion()).isEqualTo("us-east-1");
		assertThat(this.s3.getBucketLocation((request) -> request.bucket(bucket)).locationConstraintAsString())
			.isNullOrEmpty();
	}

	@Test
	void deletesABucket() {
		String bucket = running.bucket();
		this.s3.deleteBucket((request) -> request.bucket(bucket));
		assertThatExceptionOfType(NoSuchBucketException.class)
			.isThrownBy(() -> this.s3.headBucket((request) -> request.bucket(bucket)));
	}

	@Test
	void deletesNoBucketWithObjects() {
		String bucket = running.bucket();
		this.s3.putObject((request) -> request.bucket(bucket).key("kept"), RequestBody.fromString("1"));
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.deleteBucket((request) -> request.bucket(bucket)))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ab", "Upper", "-a-", "10.0.0.1", "a..b", "under_score" })
	void refusesANameThatIsNone(String name) {
		assertThatExceptionOfType(LocalBrokerException.class).isThrownBy(() -> running.broker().createBucket(name))
			.withMessageContaining(name);
	}

	@Test
	void saysWhatItDoesNotHave() {
		String bucket = running.bucket();
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.getBucketLifecycleConfiguration((request) -> request.bucket(bucket)))
			.withMessageContaining("The local broker has no operation GET bucket?lifecycle")
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(501));
	}

}
