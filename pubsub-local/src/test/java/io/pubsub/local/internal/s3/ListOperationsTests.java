package io.pubsub.local.internal.s3;

import java.util.List;
import java.util.stream.Stream;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ListOperations} and {@link DeleteOperations}, by the client of AWS.
 */
class ListOperationsTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final S3Client s3 = running.s3();

	private final String bucket = running.bucket();

	@Test
	void listsInTheOrderOfTheBytes() {
		put("a/b", "a b+c&<d>", "\uE000", "😀", "A", "é", "a");
		assertThat(keys(this.s3.listObjectsV2((request) -> request.bucket(this.bucket)))).containsExactly("A", "a",
				"a b+c&<d>", "a/b", "é", "\uE000", "😀");
	}

	@Test
	void tellsWhatAnObjectIs() {
		put("k");
		assertThat(this.s3.listObjectsV2((request) -> request.bucket(this.bucket)).contents()).singleElement()
			.extracting(S3Object::size, S3Object::eTag, S3Object::storageClassAsString)
			.containsExactly(1L, this.s3.headObject((request) -> request.bucket(this.bucket).key("k")).eTag(),
					"STANDARD");
	}

	@Test
	void listsAFolder() {
		put("in/1", "in/2", "in/x/3", "in/x/4", "in/y/5", "out");
		ListObjectsV2Response listed = this.s3
			.listObjectsV2((request) -> request.bucket(this.bucket).prefix("in/").delimiter("/"));
		assertThat(keys(listed)).containsExactly("in/1", "in/2");
		assertThat(listed.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("in/x/", "in/y/");
		assertThat(listed.keyCount()).isEqualTo(4);
	}

	@Test
	void listsPageByPage() {
		put("a/1", "a/2", "b", "c/1", "c/2", "d");
		ListObjectsV2Iterable pages = this.s3
			.listObjectsV2Paginator((request) -> request.bucket(this.bucket).delimiter("/").maxKeys(1));
		assertThat(pages).hasSize(4);
		assertThat(pages.contents()).extracting(S3Object::key).containsExactly("b", "d");
		assertThat(pages.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/", "c/");
	}

	@Test
	void startsAfterAKey() {
		put("a", "b", "c");
		assertThat(keys(this.s3.listObjectsV2((request) -> request.bucket(this.bucket).startAfter("a"))))
			.containsExactly("b", "c");
	}

	@Test
	void refusesATokenThatItDidNotGive() {
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.listObjectsV2((request) -> request.bucket(this.bucket).continuationToken("!!")))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
	}

	@Test
	void deletesManyObjects() {
		put("a", "b & c", "d");
		List<ObjectIdentifier> wanted = Stream.of("a", "b & c", "missing")
			.map((key) -> ObjectIdentifier.builder().key(key).build())
			.toList();
		DeleteObjectsResponse deleted = this.s3
			.deleteObjects((request) -> request.bucket(this.bucket).delete((delete) -> delete.objects(wanted)));
		assertThat(deleted.deleted()).hasSize(3);
		assertThat(keys(this.s3.listObjectsV2((request) -> request.bucket(this.bucket)))).containsExactly("d");
	}

	private void put(String... keys) {
		Stream.of(keys)
			.forEach((key) -> this.s3.putObject((request) -> request.bucket(this.bucket).key(key),
					RequestBody.fromString("1")));
	}

	private static List<String> keys(ListObjectsV2Response listed) {
		return listed.contents().stream().map(S3Object::key).toList();
	}

}
