package io.pubsub.local.internal.s3;

import java.time.Instant;
import java.util.Map;

import io.pubsub.local.RunningBroker;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ObjectOperations}, by the client of AWS.
 */
class ObjectOperationsTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final S3Client s3 = running.s3();

	private final String bucket = running.bucket();

	@Test
	void givesBackWhatWasPut() {
		PutObjectResponse put = this.s3.putObject((request) -> request.bucket(this.bucket)
			.key("folder/grüße + 100%.txt")
			.contentType("text/plain; charset=utf-8")
			.contentEncoding("gzip")
			.cacheControl("no-store")
			.metadata(Map.of("origin", "Köln")), RequestBody.fromString("hello"));
		ResponseInputStream<GetObjectResponse> got = this.s3
			.getObject((request) -> request.bucket(this.bucket).key("folder/grüße + 100%.txt"));
		assertThat(got).hasContent("hello");
		assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"").isEqualTo(got.response().eTag());
		assertThat(got.response())
			.extracting(GetObjectResponse::contentType, GetObjectResponse::contentEncoding,
					GetObjectResponse::cacheControl, GetObjectResponse::metadata, GetObjectResponse::contentLength)
			.containsExactly("text/plain; charset=utf-8", "gzip", "no-store", Map.of("origin", "Köln"), 5L);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a//b", "/leading", "a b+c", "né", "日本/😀", "%2F", "dots/../up", "~*'()!$&,;=@:", "?x=1#y" })
	void takesAnyKey(String key) {
		put(key, key);
		assertThat(get(key)).isEqualTo(key);
	}

	@ParameterizedTest
	@EnumSource(names = { "CRC32", "CRC32_C", "SHA1", "SHA256" })
	void checksAndKeepsTheChecksum(ChecksumAlgorithm algorithm) {
		this.s3.putObject(
				(request) -> request.bucket(this.bucket).key("k").checksumAlgorithm(algorithm).contentEncoding("br"),
				RequestBody.fromString("x".repeat(200_000)));
		HeadObjectResponse head = this.s3
			.headObject((request) -> request.bucket(this.bucket).key("k").checksumMode(ChecksumMode.ENABLED));
		assertThat(head.contentLength()).isEqualTo(200_000);
		assertThat(head.contentEncoding()).isEqualTo("br");
		assertThat(head.toString()).contains("Checksum" + algorithm.toString() + "=");
		assertThat(get("k")).hasSize(200_000);
	}

	@Test
	void refusesAWrongChecksum() {
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.putObject(
					(request) -> request.bucket(this.bucket).key("k").checksumSHA256("x".repeat(43) + "="),
					RequestBody.fromString("hello")))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("BadDigest"));
		assertMissing("k");
	}

	@ParameterizedTest
	@CsvSource({ "XrY7u+Ae7tCTyyK7j1rNww==,BadDigest", "nonsense!,InvalidDigest", "aGVsbG8=,InvalidDigest" })
	void refusesAWrongMd5(String md5, String code) {
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.putObject((request) -> request.bucket(this.bucket).key("k").contentMD5(md5),
					RequestBody.fromString("hello")))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo(code));
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-1,he,bytes 0-1/5", "bytes=3-,lo,bytes 3-4/5", "bytes=-2,lo,bytes 3-4/5",
			"bytes=4-99,o,bytes 4-4/5", "bytes=-99,hello,bytes 0-4/5" })
	void givesARange(String range, String expected, String contentRange) {
		put("k", "hello");
		ResponseInputStream<GetObjectResponse> got = this.s3
			.getObject((request) -> request.bucket(this.bucket).key("k").range(range));
		assertThat(got).hasContent(expected);
		assertThat(got.response().contentRange()).isEqualTo(contentRange);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=5-", "bytes=9-12", "bytes=-0" })
	void refusesARangeBeyondTheEnd(String range) {
		put("k", "hello");
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.getObject((request) -> request.bucket(this.bucket).key("k").range(range)))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("InvalidRange"));
	}

	@Test
	void givesWhatTheConditionsHoldFor() {
		String etag = put("k", "hello");
		assertThat(this.s3.getObjectAsBytes((request) -> request.bucket(this.bucket).key("k").ifMatch(etag))
			.asUtf8String()).isEqualTo("hello");
		assertStatus(412, () -> this.s3.getObject((request) -> request.bucket(this.bucket).key("k").ifMatch("other")));
		assertStatus(304, () -> this.s3.getObject((request) -> request.bucket(this.bucket).key("k").ifNoneMatch(etag)));
		assertStatus(304, () -> this.s3
			.getObject((request) -> request.bucket(this.bucket).key("k").ifModifiedSince(Instant.now())));
		assertStatus(412, () -> this.s3.headObject(
				(request) -> request.bucket(this.bucket).key("k").ifUnmodifiedSince(Instant.now().minusSeconds(60))));
	}

	@Test
	void putsWhatTheConditionsHoldFor() {
		String etag = putIf("once", "*", null);
		assertStatus(412, () -> putIf("once", "*", null));
		assertStatus(412, () -> putIf("once", null, "\"other\""));
		assertStatus(404, () -> putIf("missing", null, etag));
		assertThat(putIf("once", null, etag)).isEqualTo(etag);
	}

	@Test
	void readsOnWhenTheObjectIsReplaced() {
		put("k", "1".repeat(1_000_000));
		ResponseInputStream<GetObjectResponse> got = this.s3
			.getObject((request) -> request.bucket(this.bucket).key("k"));
		put("k", "2");
		assertThat(got).hasContent("1".repeat(1_000_000));
		assertThat(get("k")).isEqualTo("2");
	}

	@Test
	void deletesAnObjectThatMayBeMissing() {
		put("k", "hello");
		this.s3.deleteObject((request) -> request.bucket(this.bucket).key("k"));
		this.s3.deleteObject((request) -> request.bucket(this.bucket).key("k"));
		assertMissing("k");
	}

	@Test
	void refusesWhatItWouldForget() {
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.putObject((request) -> request.bucket(this.bucket).key("k").tagging("a=b"),
					RequestBody.empty()))
			.withMessageContaining("The local broker has no header x-amz-tagging");
	}

	private String put(String key, String content) {
		return this.s3.putObject((request) -> request.bucket(this.bucket).key(key), RequestBody.fromString(content))
			.eTag();
	}

	private String putIf(String key, @Nullable String noneMatch, @Nullable String match) {
		return this.s3
			.putObject((request) -> request.bucket(this.bucket).key(key).ifNoneMatch(noneMatch).ifMatch(match),
					RequestBody.fromString("hello"))
			.eTag();
	}

	private String get(String key) {
		return this.s3.getObjectAsBytes((request) -> request.bucket(this.bucket).key(key)).asUtf8String();
	}

	private void assertMissing(String key) {
		assertThatExceptionOfType(NoSuchKeyException.class)
			.isThrownBy(() -> this.s3.getObject((request) -> request.bucket(this.bucket).key(key)));
	}

	private static void assertStatus(int status, ThrowingCallable call) {
		assertThatExceptionOfType(S3Exception.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(status));
	}

}
