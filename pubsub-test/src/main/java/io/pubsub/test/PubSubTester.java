package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.publish.Message;
import io.pubsub.publish.MessageComposer;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Receiver;

/**
 * A whole service in step with its test: what the test sends is handled on the test's own
 * thread, before the call returns, and what the handlers publish stays in memory.
 * <p>
 * {@code @PubSubTest} has one as a bean. {@link #builder()} makes one without Spring.
 *
 * @since 0.1.0
 */
public final class PubSubTester {

	private final MessageComposer composer;

	private final InMemoryQueue queue;

	private final InMemoryDestination destination;

	private final OutcomeRecorder outcomes;

	private final TestClock clock;

	private final MediaTypes mediaTypes;

	private final Supplier<List<PipelineTester>> pipelines;

	/**
	 * Makes a tester of a service without pipelines that is wired elsewhere.
	 * @param composer the composer of the messages that are sent
	 * @param queue the queue that the service consumes
	 * @param destination the destination of the messages that the service publishes
	 * @param outcomes the listener that records the outcomes of the service
	 * @param clock the time of the service and of the queue
	 * @param mediaTypes the naming convention
	 */
	public PubSubTester(MessageComposer composer, InMemoryQueue queue, InMemoryDestination destination,
			OutcomeRecorder outcomes, TestClock clock, MediaTypes mediaTypes) {
		this(composer, queue, destination, outcomes, clock, mediaTypes, List::of);
	}

	/**
	 * Makes a tester of a service that is wired elsewhere.
	 * @param composer the composer of the messages that are sent
	 * @param queue the queue that the service consumes
	 * @param destination the destination of the messages that the service publishes
	 * @param outcomes the listener that records the outcomes of the service
	 * @param clock the time of the service and of the queue
	 * @param mediaTypes the naming convention
	 * @param pipelines the testers of the pipelines of the service, asked for at each use
	 */
	public PubSubTester(MessageComposer composer, InMemoryQueue queue, InMemoryDestination destination,
			OutcomeRecorder outcomes, TestClock clock, MediaTypes mediaTypes,
			Supplier<List<PipelineTester>> pipelines) {
		this.mediaTypes = mediaTypes;
		this.pipelines = pipelines;
		this.composer = composer;
		this.queue = queue;
		this.destination = destination;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * A tester of handlers, without Spring.
	 * @return a new builder
	 */
	public static PubSubTesterBuilder builder() {
		return new PubSubTesterBuilder();
	}

	/**
	 * A daemon that handles messages on the thread that hands them over, by the clock of
	 * the queue.
	 * @param queue the queue to consume
	 * @param backoff the policy for the next delivery of a failed message, which never
	 * comes before the clock is moved
	 * @param receiver the receiver of the messages, which works on the calling thread
	 * @return the daemon, which is not started
	 */
	public static ConsumerDaemon daemon(InMemoryQueue queue, BackoffPolicy backoff, Receiver receiver) {
		return new ConsumerDaemon(queue.source(1, notAtOnce(backoff)), receiver, Duration.ZERO, queue.timekeeper());
	}

	// A random delay may be zero: then a message would now and then fail twice, and a
	// message that always fails would keep the call for ever.
	static BackoffPolicy notAtOnce(BackoffPolicy backoff) {
		return (attempt) -> {
			Duration delay = backoff.delay(attempt);
			return delay.isZero() ? Duration.ofMillis(1) : delay;
		};
	}

	/**
	 * Sends content as a producer does: valid, and with all that belongs to it on the
	 * wire.
	 * @param content an instance of a class with a media type, or a {@link Message} that
	 * names one and may have opaque data
	 * @return the outcome of the message; that of its last delivery, if it was delivered
	 * again at once
	 * @throws io.pubsub.schema.InvalidMessageException if the content is not valid; with
	 * {@link #sendBody(String)} anything can be sent
	 * @throws IllegalStateException if the message was not handled, because nobody
	 * consumes the queue, or another message is just being handled
	 */
	public Outcome send(Object content) {
		OutboundMessage message = this.composer
			.compose((content instanceof Message composed) ? composed : Message.of(content));
		return outcomeOf(this.queue.send(message.body(), message.attributes(), message.groupId()));
	}

	/**
	 * Sends a body as it is, without attributes.
	 * @param body the text of the message
	 * @return as {@link #send(Object)}
	 */
	public Outcome sendBody(String body) {
		return sendBody(body, Map.of());
	}

	/**
	 * Sends a body as it is.
	 * @param body the text of the message
	 * @param attributes the attributes beside the body
	 * @return as {@link #send(Object)}
	 */
	public Outcome sendBody(String body, Map<String, String> attributes) {
		return outcomeOf(this.queue.send(body, attributes));
	}

	private Outcome outcomeOf(String id) {
		return this.outcomes.results()
			.stream()
			.filter((result) -> result.messageId().equals(id))
			.map(DispatchResult::outcome)
			.reduce((first, second) -> second)
			.orElseThrow(() -> new IllegalStateException("The message was sent to the handlers, but not handled yet:"
					+ " is the daemon running, and is this called by the test and not by a handler?"
					+ " A message for a pipeline is sent with pipeline(name).send(...)"));
	}

	/**
	 * Puts on the queue, from now on, what is published with certain media types.
	 * @param mediaTypes whole media types, patterns that end in {@code .*}, or
	 * {@code <change>.<resource>} for the convention of the organization
	 * @throws IllegalArgumentException if a text is none of these
	 */
	public void loopBack(String... mediaTypes) {
		for (String mediaType : mediaTypes) {
			this.destination.linkRaw(this.mediaTypes.resolve(mediaType), this.queue);
		}
	}

	/**
	 * Moves the clock. What is delivered again until then has been handled when this
	 * returns.
	 * @param duration the time to move by
	 */
	public void advance(Duration duration) {
		this.clock.advance(duration);
		this.pipelines.get().forEach(PipelineTester::await);
	}

	/**
	 * A pipeline of the service, which has a queue and outcomes of its own. What it
	 * publishes, its time and its dead letters are those of the service; its outcomes are
	 * among those of the service, too.
	 * @param name the name of the pipeline
	 * @return its tester, which is not to be closed
	 * @throws IllegalArgumentException if the service runs no such pipeline
	 */
	public PipelineTester pipeline(String name) {
		List<PipelineTester> all = this.pipelines.get();
		return all.stream()
			.filter((tester) -> tester.pipeline().name().equals(name))
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("No pipeline '%s' is run here. Pipelines are: %s".formatted(name,
							all.stream().map((tester) -> tester.pipeline().name()).collect(Collectors.joining(", ")))));
	}

	/**
	 * The messages that were published.
	 * @return the messages in the order of publishing
	 */
	public List<OutboundMessage> published() {
		return this.destination.published();
	}

	/**
	 * The outcomes of all deliveries.
	 * @return the outcomes, for {@link PubSubAssertions}
	 */
	public OutcomeRecorder outcomes() {
		return this.outcomes;
	}

	/**
	 * The queue that the service consumes.
	 * @return the queue, whose size tells what nobody has acknowledged
	 */
	public InMemoryQueue queue() {
		return this.queue;
	}

	/**
	 * The destination that the service publishes to.
	 * @return the destination, which can be told to fail
	 */
	public InMemoryDestination destination() {
		return this.destination;
	}

	/**
	 * The time of the service.
	 * @return the clock
	 */
	public TestClock clock() {
		return this.clock;
	}

	/**
	 * Forgets all messages, outcomes and loops, and what is in pipelines, and sets the
	 * clock back. What handlers and functions have kept is theirs.
	 */
	public void reset() {
		List<PipelineTester> running = this.pipelines.get().stream().filter(PipelineTester::forget).toList();
		this.queue.clear();
		this.destination.reset();
		this.outcomes.clear();
		this.clock.reset();
		running.forEach(PipelineTester::start);
	}

}
