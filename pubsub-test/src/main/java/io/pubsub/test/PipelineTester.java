package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.pubsub.MediaTypes;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.publish.Message;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.OutboundMessage;
import jakarta.validation.Validation;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pipeline in step with its test: it works on threads of its own as ever, and each call
 * of this returns when all has been done that can be done without the next message or a
 * later time.
 * <p>
 * {@code @PubSubTest} has one for each pipeline of the application, and closes it with
 * that. {@link #of(Pipeline)} makes one without Spring.
 *
 * @since 0.1.0
 */
public final class PipelineTester implements AutoCloseable {

	private static final String TOPIC = "pubsub-test";

	private static final Duration LONGEST_WORK = Duration.ofSeconds(30);

	private static final Duration DRAIN = Duration.ofSeconds(10);

	private static final BackoffPolicy BACKOFF = BackoffPolicy.fixed(Duration.ofSeconds(1));

	private final PipelineProbe probe;

	private final PipelineReceiver receiver;

	private final ConsumerDaemon daemon;

	private final MessageComposer composer;

	private final InMemoryDestination destination;

	private final TestClock clock;

	/**
	 * Makes a tester of a pipeline that is wired elsewhere.
	 * @param probe the probe that the pipeline consumes the queue of, and is seen by
	 * @param receiver the receiver that runs the pipeline
	 * @param daemon the daemon of the receiver
	 * @param composer the composer of the messages that are sent
	 * @param destination the destination of the messages that the pipeline publishes
	 * @param clock the time of the pipeline and of its queue
	 */
	public PipelineTester(PipelineProbe probe, PipelineReceiver receiver, ConsumerDaemon daemon,
			MessageComposer composer, InMemoryDestination destination, TestClock clock) {
		this.probe = probe;
		this.receiver = receiver;
		this.daemon = daemon;
		this.composer = composer;
		this.destination = destination;
		this.clock = clock;
	}

	private static PipelineTester start(Function<SnsProducer, Pipeline> definition,
			Consumer<PipelineReceiver.Builder> customizer) {
		MediaTypes mediaTypes = new MediaTypes(null);
		SchemaRegistry schemas = new SchemaRegistry(mediaTypes, true);
		JsonMapper mapper = JsonMapper.builder().build();
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				schemas);
		TestClock clock = new TestClock();
		InMemoryDestination destination = new InMemoryDestination();
		MessageComposer composer = new MessageComposer(schemas, codec, new TopicRouter(Topics.all(TOPIC), mediaTypes),
				Propagation.defaults(), clock, destination.rules(), List.of());
		Pipeline pipeline = definition.apply(new SnsProducer(composer, destination, ProducerMode.PUBLISH));
		PipelineProbe probe = new PipelineProbe(clock);
		PipelineReceiver.Builder builder = PipelineReceiver.builder(pipeline, Envelope.codec(mapper), codec, schemas)
			.timekeeper(clock.timekeeper())
			.backoff(BACKOFF);
		probe.attach(builder);
		customizer.accept(builder);
		PipelineReceiver receiver = builder.build();
		ConsumerDaemon daemon = new ConsumerDaemon(probe.source(receiver.concurrency(), BACKOFF), receiver, DRAIN);
		daemon.start();
		return new PipelineTester(probe, receiver, daemon, composer, destination, clock);
	}

	/**
	 * A tester of a pipeline.
	 * @param pipeline the pipeline
	 * @return the tester, whose pipeline runs
	 */
	public static PipelineTester of(Pipeline pipeline) {
		return of((producer) -> pipeline);
	}

	/**
	 * A tester of a pipeline that publishes.
	 * @param pipeline makes the pipeline with the producer to publish with
	 * @return the tester, whose pipeline runs
	 */
	public static PipelineTester of(Function<SnsProducer, Pipeline> pipeline) {
		return of(pipeline, (builder) -> {
		});
	}

	/**
	 * A tester of a pipeline that is configured further.
	 * @param pipeline makes the pipeline with the producer to publish with
	 * @param customizer configures the receiver further, such as its attempts
	 * @return the tester, whose pipeline runs
	 */
	public static PipelineTester of(Function<SnsProducer, Pipeline> pipeline,
			Consumer<PipelineReceiver.Builder> customizer) {
		return start(pipeline, customizer);
	}

	/**
	 * Sends content as a producer does.
	 * @param content an instance of a class with a media type, or a {@link Message}
	 * @return the id of the message
	 */
	public String send(Object content) {
		OutboundMessage message = this.composer
			.compose((content instanceof Message composed) ? composed : Message.of(content));
		String id = queue().send(message.body(), message.attributes(), message.groupId());
		await();
		return id;
	}

	/**
	 * Sends a body as it is, without attributes.
	 * @param body the text of the message
	 * @return the id of the message
	 */
	public String sendBody(String body) {
		return sendBody(body, Map.of());
	}

	/**
	 * Sends a body as it is.
	 * @param body the text of the message
	 * @param attributes the attributes beside the body
	 * @return the id of the message
	 */
	public String sendBody(String body, Map<String, String> attributes) {
		String id = queue().send(body, attributes);
		await();
		return id;
	}

	/**
	 * Moves the clock.
	 * @param duration the time to move by
	 */
	public void advance(Duration duration) {
		this.clock.advance(duration);
		await();
	}

	/**
	 * Has the pipeline let go of what it has collected, as when its source can bring
	 * nothing more.
	 */
	public void flush() {
		this.receiver.blocked();
		await();
		this.receiver.unblocked();
	}

	/**
	 * Waits until nothing happens any more without the next message or a later time.
	 */
	public void await() {
		Awaitility.await("the pipeline to come to rest")
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.atMost(LONGEST_WORK)
			.until(this.receiver::isIdle);
	}

	/**
	 * The elements that have come out of a stage.
	 * @param stage the name of the stage
	 * @return the elements, in the order in which they came
	 * @throws IllegalArgumentException if the pipeline has no such stage
	 */
	public List<Object> out(String stage) {
		List<String> known = pipeline().stageNames();
		if (!known.contains(stage)) {
			throw new IllegalArgumentException("The pipeline '%s' has no stage '%s'. Its stages are: %s"
				.formatted(pipeline().name(), stage, String.join(", ", known)));
		}
		return this.probe.out(stage);
	}

	/**
	 * The pipeline.
	 * @return the pipeline
	 */
	public Pipeline pipeline() {
		return this.receiver.pipeline();
	}

	/**
	 * The outcomes of all deliveries.
	 * @return the outcomes, for {@link PubSubAssertions}
	 */
	public OutcomeRecorder outcomes() {
		return this.probe.outcomes();
	}

	/**
	 * The messages that were published.
	 * @return the messages in the order of publishing
	 */
	public List<OutboundMessage> published() {
		return this.destination.published();
	}

	/**
	 * The destination that the pipeline publishes to.
	 * @return the destination, which can be told to fail
	 */
	public InMemoryDestination destination() {
		return this.destination;
	}

	/**
	 * The queue that the pipeline consumes.
	 * @return the queue, whose size tells what nobody has acknowledged
	 */
	public InMemoryQueue queue() {
		return this.probe.queue();
	}

	/**
	 * The daemon that runs the pipeline.
	 * @return the daemon
	 */
	public ConsumerDaemon daemon() {
		return this.daemon;
	}

	/**
	 * How the pipeline is doing.
	 * @return the statistics
	 */
	public PipelineStatistics statistics() {
		return this.receiver.statistics();
	}

	/**
	 * Stops the pipeline.
	 */
	@Override
	public void close() {
		this.daemon.stop();
	}

	/**
	 * Stops the pipeline, unseen: what is in it is interrupted and forgotten.
	 * @return whether it was running
	 */
	boolean forget() {
		boolean running = this.daemon.isRunning();
		// What is handed back must not be handed over once more.
		this.daemon.pause();
		this.receiver.drain(Duration.ZERO);
		this.daemon.stop();
		this.probe.clear();
		return running;
	}

	void start() {
		this.daemon.start();
	}

}
