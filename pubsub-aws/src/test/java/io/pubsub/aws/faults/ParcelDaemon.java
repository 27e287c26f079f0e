package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.pubsub.MessageHandler;
import io.pubsub.aws.s3.S3EventEnvelope;
import io.pubsub.aws.sqs.SqsMetrics;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Receiver;
import jakarta.validation.Validation;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A daemon that handles parcels, or objects of S3, put together as an application would.
 */
final class ParcelDaemon implements AutoCloseable {

	private static final Duration DRAIN = Duration.ofSeconds(20);

	// A stop waits for the receive that is open.
	private static final Duration POLL_WAIT = Duration.ofSeconds(1);

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final SchemaRegistry SCHEMAS = new SchemaRegistry(Parcel.MEDIA_TYPES, true);

	private static final MessageCodec CODEC = new MessageCodec(MAPPER,
			Validation.buildDefaultValidatorFactory().getValidator(), SCHEMAS);

	private final SqsSource source;

	private final ConsumerDaemon daemon;

	private ParcelDaemon(SqsSource source, ConsumerDaemon daemon) {
		this.source = source;
		this.daemon = daemon;
	}

	/**
	 * Starts a daemon with as many threads as it has concurrency.
	 * @param client the way to the queue
	 * @param options the options for receiving and settling
	 * @param handler the handler of each parcel
	 * @return the running daemon
	 */
	static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, MessageHandler<Parcel> handler) {
		return start(client, options, options.concurrency(), handler, (dispatcher) -> dispatcher);
	}

	/**
	 * Starts a daemon.
	 * @param client the way to the queue
	 * @param options the options for receiving and settling
	 * @param threads the number of handlers that run at once
	 * @param handler the handler of each parcel
	 * @param rules the further rules of the dispatcher
	 * @return the running daemon
	 */
	static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, int threads,
			MessageHandler<Parcel> handler, UnaryOperator<MessageDispatcher.Builder> rules) {
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("parcels", Parcel.MEDIA_TYPES.of(Parcel.class), Parcel.class,
				(content, context) -> handler.handle((Parcel) content, context)));
		MessageDispatcher.Builder dispatcher = MessageDispatcher.builder(Envelope.codec(MAPPER), CODEC, handlers);
		return start(client, options,
				new ThreadPoolReceiver(rules.apply(dispatcher).build(), threads, ParcelDaemon::thread));
	}

	/**
	 * Starts a daemon that runs a pipeline, with as many messages in flight as it has
	 * concurrency.
	 * @param client the way to the queue
	 * @param options the options for receiving and settling
	 * @param pipeline the pipeline, of parcels
	 * @param rules the further rules of its receiver
	 * @return the running daemon
	 */
	static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, Pipeline pipeline,
			UnaryOperator<PipelineReceiver.Builder> rules) {
		return start(client, options, Envelope.codec(MAPPER), pipeline, rules);
	}

	/**
	 * Starts a daemon that runs a pipeline of what S3 tells of its objects.
	 * @param client the way to the queue
	 * @param options the options for receiving and settling
	 * @param pipeline the pipeline, of events of S3
	 * @param rules the further rules of its receiver
	 * @return the running daemon
	 */
	static ParcelDaemon startOnObjects(SqsAsyncClient client, SqsSourceOptions options, Pipeline pipeline,
			UnaryOperator<PipelineReceiver.Builder> rules) {
		return start(client, options, new S3EventEnvelope(MAPPER), pipeline, rules);
	}

	private static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, Envelope envelope,
			Pipeline pipeline, UnaryOperator<PipelineReceiver.Builder> rules) {
		PipelineReceiver.Builder receiver = PipelineReceiver.builder(pipeline, envelope, CODEC, SCHEMAS)
			.maxInFlight(options.concurrency())
			.backoff(options.backoff());
		return start(client, options.toBuilder().maxPrefetch(0).build(), rules.apply(receiver).build());
	}

	private static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, Receiver receiver) {
		SqsSource source = new SqsSource(client, options.toBuilder().pollWait(POLL_WAIT).build());
		ConsumerDaemon daemon = new ConsumerDaemon(source, receiver, DRAIN);
		daemon.start();
		return new ParcelDaemon(source, daemon);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "handler");
		thread.setDaemon(true);
		return thread;
	}

	SqsMetrics metrics() {
		return this.source.metrics();
	}

	int inFlight() {
		return this.daemon.inFlight();
	}

	@Override
	public void close() {
		this.daemon.stop();
	}

}
