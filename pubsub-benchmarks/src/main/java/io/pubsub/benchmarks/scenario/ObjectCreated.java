package io.pubsub.benchmarks.scenario;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.json.JsonMapper;

/**
 * The message in which S3 tells of a new object, read by those who have no envelope for
 * it.
 *
 * @param records the records of the message
 */
public record ObjectCreated(@JsonProperty("Records") List<Entry> records) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Write the message as S3 does.
	 * @param file the object
	 * @param size the size in bytes
	 * @param eTag the entity tag, without quotes
	 * @return the JSON
	 */
	public static String message(LineFile file, int size, String eTag) {
		return """
				{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",\
				"eventTime":"2026-11-28T07:00:00.000Z","eventName":"ObjectCreated:Put",\
				"userIdentity":{"principalId":"AWS:AIDAEXAMPLE"},"requestParameters":{"sourceIPAddress":"127.0.0.1"},\
				"responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8"},\
				"s3":{"s3SchemaVersion":"1.0","configurationId":"benchmark",\
				"bucket":{"name":"%1$s","ownerIdentity":{"principalId":"A3NL1KOZZKExample"},"arn":"arn:aws:s3:::%1$s"},\
				"object":{"key":"%2$s","size":%3$d,"eTag":"%4$s","sequencer":"%5$016X"}}}]}"""
			.formatted(LineFile.BUCKET, file.key(), size, eTag, file.sequence());
	}

	/**
	 * Read such a message.
	 * @param body the JSON
	 * @return the message
	 */
	public static ObjectCreated read(String body) {
		return JSON.readValue(body, ObjectCreated.class);
	}

	/**
	 * A record of the message.
	 *
	 * @param s3 the bucket and the object
	 */
	public record Entry(S3 s3) {

		/**
		 * Return the name of the bucket.
		 * @return the name
		 */
		public String bucketName() {
			return this.s3.bucket().name();
		}

		/**
		 * Return the key of the object.
		 * @return the key, decoded
		 */
		public String objectKey() {
			return URLDecoder.decode(this.s3.object().key(), StandardCharsets.UTF_8);
		}

	}

	/**
	 * The bucket and the object of a record.
	 *
	 * @param bucket the bucket
	 * @param object the object
	 */
	public record S3(Bucket bucket, Stored object) {

	}

	/**
	 * The bucket of a record.
	 *
	 * @param name the name
	 */
	public record Bucket(String name) {

	}

	/**
	 * The object of a record.
	 *
	 * @param key the key, encoded
	 */
	public record Stored(String key) {

	}

}
