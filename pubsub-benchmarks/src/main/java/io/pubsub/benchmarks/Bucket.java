package io.pubsub.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.scenario.LineFile;
import io.pubsub.benchmarks.scenario.ObjectCreated;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * A bucket of small objects. They stay for all measurements; no contender changes them.
 */
final class Bucket implements AutoCloseable {

	private static final int THREADS = 16;

	private final List<String> events = new ArrayList<>();

	private final S3Client client;

	/**
	 * Create the bucket, empty.
	 * @param client the client to use, closed with this
	 */
	Bucket(S3Client client) {
		this.client = client;
		client.createBucket((request) -> request.bucket(LineFile.BUCKET));
	}

	/**
	 * Put as many objects into the bucket as are still missing.
	 * @param objects the number of objects that are needed
	 */
	void fill(int objects) {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<CompletableFuture<String>> put = IntStream.range(this.events.size(), objects)
				.mapToObj((sequence) -> CompletableFuture.supplyAsync(() -> put(new LineFile(sequence)), threads))
				.toList();
			put.forEach((event) -> this.events.add(event.join()));
		}
		finally {
			threads.shutdown();
		}
	}

	private String put(LineFile file) {
		byte[] content = file.content();
		PutObjectResponse response = this.client.putObject((request) -> request.bucket(LineFile.BUCKET).key(file.key()),
				RequestBody.fromBytes(content));
		return ObjectCreated.message(file, content.length, response.eTag().replace("\"", ""));
	}

	/**
	 * Return the message in which S3 tells of an object.
	 * @param sequence the number of the object
	 * @return the JSON
	 */
	String event(int sequence) {
		return this.events.get(sequence);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
