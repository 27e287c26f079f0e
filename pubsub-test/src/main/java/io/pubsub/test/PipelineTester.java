package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * A pipeline in step with its test, without Spring: it works on threads of its own as
 * ever, and each call of this returns when all has been done that can be done without the
 * next message or a later time.
 *
 * @since 0.1.0
 */
public final class PipelineTester implements AutoCloseable {

	private static final String TOPIC = "pubsub-test";

	private static final Duration LONGEST_WORK = Duration.ofSeconds(30);

	private static final Duration DRAIN = Duration.ofSeconds(10);

	private static final BackoffPolicy BACKOFF = BackoffPolicy.fixed(Duration.ofSeconds(1));

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final InMemoryDestination destination = new InMemoryDestination();

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final Queue<Passage> passages = new ConcurrentLinkedQueue<>();

	private final MessageComposer composer;

	private final PipelineReceiver receiver;

	private final ConsumerDaemon daemon;

	private PipelineTester(Function<SnsProducer, Pipeline> definition, Consumer<PipelineReceiver.Builder> customizer) {
		MediaTypes mediaTypes = new MediaTypes(null);
		SchemaRegistry schemas = new SchemaRegistry(mediaTypes, true);
		JsonMapper mapper = JsonMapper.builder().build();
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				schemas);
		this.composer = new MessageComposer(schemas, codec, new TopicRouter(Topics.all(TOPIC), mediaTypes),
				Propagation.defaults(), this.clock, this.destination.rules(), List.of());
		Pipeline pipeline = definition.apply(new SnsProducer(this.composer, this.destination, ProducerMode.PUBLISH));
		PipelineReceiver.Builder builder = PipelineReceiver.builder(pipeline, Envelope.codec(mapper), codec, schemas)
			.timekeeper(this.clock.timekeeper())
			.backoff(BACKOFF)
			.listeners(List.of(this.outcomes))
			.stageListener((stage, element) -> this.passages.add(new Passage(stage, element)));
		customizer.accept(builder);
		this.receiver = builder.build();
		this.daemon = new ConsumerDaemon(this.queue.source(this.receiver.concurrency(), BACKOFF), this.receiver, DRAIN);
		this.daemon.start();
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
		return new PipelineTester(pipeline, customizer);
	}

	/**
	 * Sends content as a producer does.
	 * @param content an instance of a class with a media type, or a {@link Message}
	 * @return the id of the message
	 */
	public String send(Object content) {
		OutboundMessage message = this.composer
			.compose((content instanceof Message composed) ? composed : Message.of(content));
		String id = this.queue.send(message.body(), message.attributes(), message.groupId());
		await();
		return id;
	}

	/**
	 * Sends a body as it is.
	 * @param body the text of the message
	 * @return the id of the message
	 */
	public String sendBody(String body) {
		String id = this.queue.send(body);
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
	 */
	public List<Object> out(String stage) {
		return this.passages.stream().filter((passage) -> passage.stage().equals(stage)).map(Passage::element).toList();
	}

	/**
	 * The outcomes of all deliveries.
	 * @return the outcomes, for {@link PubSubAssertions}
	 */
	public OutcomeRecorder outcomes() {
		return this.outcomes;
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
		return this.queue;
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

	private record Passage(String stage, Object element) {

	}

}
