package io.pubsub.benchmarks.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

import io.pubsub.MediaTypes;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3EventEnvelope;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import jakarta.validation.Validation;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pipeline of this library that counts the lines of objects, as the starter would wire
 * it, without Spring around it.
 */
final class ObjectPipeline {

	private static final Duration DRAIN = Duration.ofSeconds(10);

	// The default of the starter.
	private static final int IN_FLIGHT = 100;

	private ObjectPipeline() {
	}

	static void start(ObjectSetup setup) {
		JsonMapper mapper = JsonMapper.builder().build();
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes(null), true);
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				schemas);
		PipelineReceiver receiver = PipelineReceiver
			.builder(pipeline(setup), new S3EventEnvelope(mapper), codec, schemas)
			.maxInFlight(IN_FLIGHT)
			.build();
		SqsSourceOptions options = SqsSourceOptions.builder(setup.queueUrl())
			.concurrency(IN_FLIGHT)
			.maxPrefetch(0)
			.build();
		new ConsumerDaemon(new SqsSource(setup.sqs(), options), receiver, DRAIN).start();
	}

	private static Pipeline pipeline(ObjectSetup setup) {
		S3Objects objects = new S3Objects(setup.s3(), MissingObject.FAIL);
		return Pipeline.named("lines")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.mapConcurrently(Concurrency.of(setup.concurrency()).unordered(), (object) -> count(objects, object))
			.to((counted) -> setup.counts().write(counted.key(), counted.lines()));
	}

	private static Counted count(S3Objects objects, S3Object object) throws IOException {
		try (Stream<String> lines = objects.lines(object)) {
			return new Counted(object.key(), lines.count());
		}
	}

	/**
	 * An object whose lines are counted.
	 *
	 * @param key the key of the object
	 * @param lines the number of its lines
	 */
	private record Counted(String key, long lines) {

	}

}
