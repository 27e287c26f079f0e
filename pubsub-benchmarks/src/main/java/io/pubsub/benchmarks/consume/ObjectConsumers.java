package io.pubsub.benchmarks.consume;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.ObjectCreated;

/**
 * Starts the contenders that count the lines of objects in S3. They run until the process
 * ends.
 */
public final class ObjectConsumers {

	private ObjectConsumers() {
	}

	/**
	 * Start a contender.
	 * @param contender the contender
	 * @param setup the setup
	 */
	public static void start(Contender contender, ObjectSetup setup) {
		switch (contender) {
			case RAW ->
				new RawLoop(setup.sqs(), setup.queueUrl(), setup.concurrency(), (body) -> count(setup, body)).start();
			case SQS_LISTENER -> S3TemplateConsumer.start(setup);
			case SQS_LISTENER_TUNED -> S3TemplateConsumer.startTuned(setup);
			case PUBSUB_PIPELINE -> ObjectPipeline.start(setup);
			default -> throw new IllegalArgumentException("%s reads no objects".formatted(contender));
		}
	}

	private static void count(ObjectSetup setup, String body) {
		for (ObjectCreated.Entry entry : ObjectCreated.read(body).records()) {
			String key = entry.objectKey();
			try {
				setup.counts()
					.count(key, setup.s3().getObject((request) -> request.bucket(entry.bucketName()).key(key)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
