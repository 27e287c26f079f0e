package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.pubsub.local.internal.sns.Arns;
import io.pubsub.local.internal.xml.Xml;

/**
 * The buckets, the objects in them, and the REST API over both. Safe for use by several
 * threads.
 */
public final class S3 implements AutoCloseable {

	private final Blobs blobs = new Blobs();

	private final Buckets buckets;

	private final EventDestination destination;

	private final S3Api api;

	/**
	 * Create an S3 without buckets.
	 * @param clock the clock for the times of buckets and objects
	 * @param destination the queues and topics that are told of objects
	 */
	public S3(Clock clock, EventDestination destination) {
		this.buckets = new Buckets(clock);
		this.destination = destination;
		EventWriter writer = new EventWriter(clock);
		Objects objects = new Objects(clock, new Notifier(destination, writer));
		this.api = new S3Api(List.of(new BucketOperations(this.buckets).operations(),
				new ObjectOperations(this.buckets, this.blobs, objects).operations(),
				new NotificationOperations(this.buckets, destination, writer).operations(),
				new ListOperations(this.buckets).operations(), new DeleteOperations(this.buckets, objects).operations(),
				new UploadOperations(this.buckets, this.blobs, objects, clock).operations()));
	}

	/**
	 * Perform a request.
	 * @param method the HTTP method
	 * @param target the path and the query, as they came
	 * @param headers the headers, by their names in lower case
	 * @param body the body
	 * @return the answer
	 * @throws IOException if the connection breaks, or no file can be written
	 */
	public S3Answer answer(String method, String target, Map<String, String> headers, InputStream body)
			throws IOException {
		S3Request request;
		try {
			request = S3Request.of(method, target, headers, body);
		}
		catch (S3Exception ex) {
			return S3Api.error(ex.status(), ex.code(), String.valueOf(ex.getMessage()), new Xml());
		}
		return this.api.answer(request);
	}

	/**
	 * Create a bucket, unless it exists.
	 * @param name the bucket's name
	 */
	public void createBucket(String name) {
		this.buckets.create(name);
	}

	/**
	 * Have a bucket tell a queue or a topic of its objects, and nobody else, and allow it
	 * that.
	 * @param bucket the bucket's name
	 * @param arn the ARN of the queue or the topic
	 * @param events the events, such as {@code s3:ObjectCreated:*}
	 * @param prefix the beginning of the keys, empty for any
	 * @param suffix the end of the keys, empty for any
	 */
	public void tell(String bucket, String arn, List<String> events, String prefix, String suffix) {
		EventRule rule = EventRule.of("local", Arns.isQueue(arn) ? "Queue" : "Topic", arn, events, prefix, suffix);
		Bucket told = this.buckets.require(bucket);
		this.destination.allow(bucket, arn);
		String refusal = this.destination.refusal(bucket, arn);
		if (refusal != null) {
			throw S3Exception.invalidDestinations(Map.of(arn, refusal));
		}
		told.rules(List.of(rule));
	}

	/**
	 * Delete all objects.
	 */
	@Override
	public void close() {
		this.blobs.close();
	}

}
