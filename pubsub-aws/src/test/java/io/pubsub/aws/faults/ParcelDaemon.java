package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.pubsub.MessageHandler;
import io.pubsub.aws.sqs.SqsMetrics;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A daemon that handles parcels, put together as an application would.
 */
final class ParcelDaemon implements AutoCloseable {

	private static final Duration DRAIN = Duration.ofSeconds(20);

	// A stop waits for the receive that is open.
	private static final Duration POLL_WAIT = Duration.ofSeconds(1);

	private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	private final SqsSource source;

	private final ConsumerDaemon daemon;

	private ParcelDaemon(SqsSource source, ConsumerDaemon daemon) {
		this.source = source;
		this.daemon = daemon;
	}

	/**
	 * Starts a daemon with as many threads as it has concurrency.
	 * @param client the way to the queue
	 * @param options how to receive and settle
	 * @param handler what is done with a parcel
	 * @return the running daemon
	 */
	static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, MessageHandler<Parcel> handler) {
		return start(client, options, options.concurrency(), handler, (dispatcher) -> dispatcher);
	}

	/**
	 * Starts a daemon.
	 * @param client the way to the queue
	 * @param options how to receive and settle
	 * @param threads how many handlers run at once
	 * @param handler what is done with a parcel
	 * @param rules what else the dispatcher goes by
	 * @return the running daemon
	 */
	static ParcelDaemon start(SqsAsyncClient client, SqsSourceOptions options, int threads,
			MessageHandler<Parcel> handler, UnaryOperator<MessageDispatcher.Builder> rules) {
		JsonMapper mapper = JsonMapper.builder().build();
		SchemaRegistry schemas = new SchemaRegistry(Parcel.MEDIA_TYPES, true);
		schemas.register(Parcel.class);
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("parcels", Parcel.MEDIA_TYPES.of(Parcel.class), Parcel.class,
				(content, context) -> handler.handle((Parcel) content, context)));
		MessageDispatcher.Builder dispatcher = MessageDispatcher.builder(Envelope.codec(mapper),
				new MessageCodec(mapper, VALIDATOR, schemas), handlers);
		SqsSource source = new SqsSource(client, options.toBuilder().pollWait(POLL_WAIT).build());
		ConsumerDaemon daemon = new ConsumerDaemon(source,
				new ThreadPoolReceiver(rules.apply(dispatcher).build(), threads, ParcelDaemon::thread), DRAIN);
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
