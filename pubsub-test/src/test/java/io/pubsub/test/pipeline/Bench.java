package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.pubsub.Outcome;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.pipeline.StageStatistics;
import io.pubsub.test.OutcomeRecorder;
import io.pubsub.test.TestClock;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline whose deliveries, time and functions are in the hands of a test.
 */
final class Bench implements AutoCloseable {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final TestClock clock = new TestClock();

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final AtomicInteger ids = new AtomicInteger();

	private final AtomicInteger holding = new AtomicInteger();

	private final AtomicInteger interrupted = new AtomicInteger();

	private final CountDownLatch hold = new CountDownLatch(1);

	private final Queue<Object> seen = new ConcurrentLinkedQueue<>();

	private @Nullable PipelineReceiver receiver;

	/**
	 * The flow of the words of each message.
	 */
	static Flow<String> words() {
		return Pipeline.named("under-test").fromMessages().flatMapIterable((message) -> words(message.body()));
	}

	private static List<String> words(String body) {
		return List.of(body.split(" "));
	}

	void run(Pipeline pipeline) {
		run(pipeline, (builder) -> builder);
	}

	void run(Pipeline pipeline, UnaryOperator<PipelineReceiver.Builder> customizer) {
		this.receiver = customizer
			.apply(Receivers.of(pipeline).timekeeper(this.clock.timekeeper()).listeners(List.of(this.outcomes)))
			.build();
		this.receiver.open(Receiver.Host.NONE);
	}

	PipelineReceiver receiver() {
		PipelineReceiver receiver = this.receiver;
		if (receiver == null) {
			throw new IllegalStateException("no pipeline is run");
		}
		return receiver;
	}

	TrackedDelivery send(String body) {
		return send(new InboundMessage("message-" + this.ids.incrementAndGet(), body), 1);
	}

	TrackedDelivery send(InboundMessage message, int attempt) {
		TrackedDelivery delivery = new TrackedDelivery(message, attempt, new Settling());
		receiver().receive(delivery);
		return delivery;
	}

	/**
	 * A function that notes each element, and holds up the one that is so named until it
	 * is released.
	 */
	<T> T hold(String name, T element) throws InterruptedException {
		if (element.toString().equals(name)) {
			this.holding.incrementAndGet();
			try {
				this.hold.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.incrementAndGet();
				throw ex;
			}
		}
		return element;
	}

	/**
	 * A function that holds up an element, whatever interrupts it.
	 */
	<T> T ignore(String name, T element) {
		if (element.toString().equals(name)) {
			this.holding.incrementAndGet();
			boolean open = true;
			while (open) {
				open = !isReleased();
			}
		}
		return element;
	}

	private boolean isReleased() {
		try {
			return this.hold.await(LONG.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			this.interrupted.incrementAndGet();
			return false;
		}
	}

	void see(Object element) {
		this.seen.add(element);
	}

	List<Object> seen() {
		return List.copyOf(this.seen);
	}

	int interrupted() {
		return this.interrupted.get();
	}

	void awaitHeld(int number) {
		until("held up", () -> this.holding.get() >= number);
	}

	void awaitSeen(int number) {
		until("seen", () -> this.seen.size() >= number);
	}

	void awaitInterrupted() {
		until("interrupted", () -> this.interrupted.get() > 0);
	}

	void until(String what, Callable<Boolean> condition) {
		await(what).until(condition);
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(LONG);
	}

	void release() {
		this.hold.countDown();
	}

	void advance(Duration duration) {
		this.clock.advance(duration);
	}

	void awaitIdle() {
		until("idle", () -> receiver().isIdle());
	}

	void rest() {
		awaitIdle();
		receiver().blocked();
		awaitIdle();
		receiver().unblocked();
	}

	List<Outcome> outcomes() {
		return this.outcomes.outcomes();
	}

	/**
	 * Waits for an outcome.
	 */
	Outcome outcome(int number) {
		until("outcome " + number, () -> outcomes().size() >= number);
		return outcomes().get(number - 1);
	}

	StageStatistics stage(String name) {
		return receiver().statistics()
			.stages()
			.stream()
			.filter((stage) -> stage.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(name));
	}

	@Override
	public void close() {
		release();
		PipelineReceiver receiver = this.receiver;
		if (receiver != null) {
			receiver.drain(Duration.ZERO);
			receiver.close(LONG);
		}
	}

	/**
	 * Carries out at once.
	 */
	private static final class Settling implements TrackedDelivery.Settler {

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
