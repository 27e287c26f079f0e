package io.pubsub.test;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.pipeline.Action;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import jakarta.validation.Validation;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A step at work for a {@link StepContract}: in front of it, messages are taken apart
 * into words; behind it, an end can be held up. Time passes only while all wait for it.
 */
final class StepBench implements AutoCloseable {

	static final String ENDLESS = "endless";

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration STEP = Duration.ofSeconds(1);

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final SchemaRegistry SCHEMAS = new SchemaRegistry(new MediaTypes(null), true);

	private static final MessageCodec CODEC = new MessageCodec(MAPPER,
			Validation.buildDefaultValidatorFactory().getValidator(), SCHEMAS);

	private final Queue<String> worked = new ConcurrentLinkedQueue<>();

	private final Queue<String> out = new ConcurrentLinkedQueue<>();

	private final Queue<Object> aside = new ConcurrentLinkedQueue<>();

	private final Map<String, String> messages = new ConcurrentHashMap<>();

	private final AtomicInteger taken = new AtomicInteger();

	private final AtomicInteger messageIds = new AtomicInteger();

	private final AtomicInteger held = new AtomicInteger();

	private final CountDownLatch hold = new CountDownLatch(1);

	private final TestClock clock = new TestClock();

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final PipelineReceiver receiver;

	private volatile Action<String> work = StepBench::nothing;

	private volatile Action<String> end = StepBench::nothing;

	/**
	 * Puts a step to work, which does nothing.
	 * @param step the step
	 */
	StepBench(StepContract step) {
		Flow<String> words = Pipeline.named("contract").fromMessages().flatMapIterator(this::words);
		Pipeline pipeline = step.pipeline(words, this::work, (flow) -> flow.to(this::end))
			.onFailure((failed) -> this.aside.add(failed.element()));
		this.receiver = PipelineReceiver.builder(pipeline, Envelope.codec(MAPPER), CODEC, SCHEMAS)
			.timekeeper(this.clock.timekeeper())
			.listeners(List.of(this.outcomes))
			.build();
		this.receiver.open(Receiver.Host.NONE);
	}

	static void nothing(String word) {
	}

	/**
	 * Sets what is done.
	 * @param work the work in the step
	 * @param end the work on each element that comes out of it
	 */
	void does(Action<String> work, Action<String> end) {
		this.work = work;
		this.end = end;
	}

	private Iterator<String> words(InboundMessage message) {
		Stream<String> words = message.body().equals(ENDLESS) ? Stream.generate(() -> ENDLESS)
				: Stream.of(message.body().split(" "));
		return words.peek((word) -> this.taken.incrementAndGet()).iterator();
	}

	private String work(String word) throws Exception {
		this.worked.add(word);
		note("work on ", word);
		this.work.accept(word);
		return word;
	}

	private void end(String word) throws Exception {
		note("end of ", word);
		this.end.accept(word);
		this.out.add(word);
	}

	private void note(String place, String word) {
		MessageContext context = MessageContext.current();
		this.messages.put(place + word, (context != null) ? context.messageId() : "none");
	}

	/**
	 * Holds the calling thread up until {@link #release()}, or until it is interrupted.
	 * @param word the element
	 * @throws InterruptedException if it was interrupted
	 */
	void hold(String word) throws InterruptedException {
		this.held.incrementAndGet();
		this.hold.await();
	}

	void release() {
		this.hold.countDown();
	}

	void awaitHeld() {
		await("somebody to be held up").until(() -> this.held.get() > 0);
	}

	/**
	 * Waits until nobody asks for more words.
	 * @return the number of words that were asked for
	 */
	int awaitNoMoreTaken() {
		AtomicInteger before = new AtomicInteger(-1);
		await("the end of asking").pollInterval(Duration.ofMillis(50))
			.until(() -> before.getAndSet(this.taken.get()) == this.taken.get());
		return before.get();
	}

	/**
	 * Delivers a message.
	 * @param body the words
	 * @return the delivery
	 */
	TrackedDelivery send(String body) {
		InboundMessage message = new InboundMessage("message-" + this.messageIds.incrementAndGet(), body);
		TrackedDelivery delivery = new TrackedDelivery(message, 1, new BenchSettler());
		this.receiver.receive(delivery);
		return delivery;
	}

	/**
	 * Waits until all has been done that can be done, as when nothing more will come.
	 */
	void rest() {
		awaitIdle();
		this.receiver.blocked();
		awaitIdle();
		this.receiver.unblocked();
	}

	/**
	 * Waits until nobody is at work any more; what is tried again later has its time
	 * come.
	 */
	void awaitIdle() {
		await("idleness").until(() -> this.receiver.isIdle() && (this.receiver.isAtRest() || hasTimeCome()));
	}

	private boolean hasTimeCome() {
		this.clock.advance(STEP);
		return false;
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(LONG);
	}

	/**
	 * Begins to stop.
	 * @param within the time, which does not pass
	 */
	void drain(Duration within) {
		this.receiver.drain(within);
	}

	List<String> worked() {
		return List.copyOf(this.worked);
	}

	List<String> out() {
		return List.copyOf(this.out);
	}

	List<Object> aside() {
		return List.copyOf(this.aside);
	}

	/**
	 * The messages that were current.
	 * @return the id for each place and word
	 */
	Map<String, String> messages() {
		return this.messages;
	}

	List<Outcome> outcomes() {
		return this.outcomes.outcomes();
	}

	boolean isAtRest() {
		return this.receiver.isAtRest();
	}

	PipelineStatistics statistics() {
		return this.receiver.statistics();
	}

	@Override
	public void close() {
		release();
		drain(Duration.ZERO);
		this.receiver.close(LONG);
	}

	/**
	 * Carries out at once.
	 */
	private static final class BenchSettler implements TrackedDelivery.Settler {

		@Override
		public void ack(TrackedDelivery delivery) {
			delivery.complete(Settlement.ACKED);
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			delivery.complete(Settlement.NACKED);
		}

	}

}
