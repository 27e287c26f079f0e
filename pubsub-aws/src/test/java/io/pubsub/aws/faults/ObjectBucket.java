package io.pubsub.aws.faults;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A bucket that nobody else uses, on a way to it that has no faults; and the
 * notifications of S3, which a test sends itself.
 */
final class ObjectBucket implements AutoCloseable {

	private static final String RECORD = """
			{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",
			"eventTime": "2026-11-28T00:00:00.000Z", "eventName": "ObjectCreated:Put",
			"s3": {"s3SchemaVersion": "1.0", "configurationId": "all", "bucket": {"name": "%s"},
			"object": {"key": "%s", "size": %d, "eTag": "%s", "sequencer": "0055AED6DCD90281E5"}}}""";

	private final String name = "faults-" + UUID.randomUUID();

	private final S3Client client;

	ObjectBucket(URI endpoint) {
		this.client = clientAt(endpoint);
		this.client.createBucket((request) -> request.bucket(this.name));
	}

	/**
	 * Makes a client of AWS with its defaults.
	 * @param endpoint the endpoint
	 * @param interceptors the interceptors
	 * @return the client, to be closed
	 */
	static S3Client clientAt(URI endpoint, ExecutionInterceptor... interceptors) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
			.forcePathStyle(true)
			.httpClientBuilder(Apache5HttpClient.builder())
			.overrideConfiguration((client) -> client.executionInterceptors(List.of(interceptors)))
			.build();
	}

	S3Client client() {
		return this.client;
	}

	/**
	 * Puts an object.
	 * @param key the key
	 * @param content the content
	 * @return the record in which S3 would tell of it
	 */
	String put(String key, String content) {
		return put(key, content.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Puts an object.
	 * @param key the key
	 * @param content the content
	 * @return the record in which S3 would tell of it
	 */
	String put(String key, byte[] content) {
		String eTag = this.client
			.putObject((request) -> request.bucket(this.name).key(key), RequestBody.fromBytes(content))
			.eTag();
		return record(this.name, key, content.length, eTag.replace("\"", ""));
	}

	/**
	 * A record in which S3 would tell of an object.
	 * @param bucket the bucket
	 * @param key the key
	 * @param size the size in bytes
	 * @param eTag the entity tag, without quotes
	 * @return JSON
	 */
	static String record(String bucket, String key, long size, String eTag) {
		return RECORD.formatted(bucket, URLEncoder.encode(key, StandardCharsets.UTF_8), size, eTag);
	}

	static SendMessageBatchRequestEntry message(String... records) {
		return SendMessageBatchRequestEntry.builder()
			.messageBody("{\"Records\": [" + String.join(", ", records) + "]}")
			.build();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
