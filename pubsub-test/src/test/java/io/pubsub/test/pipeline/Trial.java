package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline at work on an in-memory queue, while things happen to it.
 */
final class Trial {

	private static final long LONGEST_WORK = Duration.ofSeconds(20).toNanos();

	private static final long LONGEST_REST = Duration.ofMillis(5).toNanos();

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final Queue<Watched> deliveries = new ConcurrentLinkedQueue<>();

	private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final Ledger ledger;

	private final Random random;

	private final PipelineReceiver receiver;

	private final ConsumerDaemon daemon;

	Trial(Pipeline pipeline, Ledger ledger, long seed, int maxInFlight) {
		this.ledger = ledger;
		this.random = new Random(seed);
		this.receiver = Receivers.of(pipeline)
			.timekeeper(this.clock.timekeeper())
			.backoff(Ledger.BACKOFF)
			.maxInFlight(maxInFlight)
			.maxAttempts(Ledger.MAX_ATTEMPTS)
			.deadLetters(new DeadLetters(new InMemoryDestination(), "dead"))
			.threadFactory(this::newThread)
			.build();
		this.daemon = new ConsumerDaemon(this.queue.source(maxInFlight, Ledger.BACKOFF), new Watching(),
				Duration.ofSeconds(10));
	}

	private Thread newThread(Runnable work) {
		Thread thread = new Thread(work, "trial");
		this.threads.add(thread);
		return thread;
	}

	/**
	 * Lets things happen, then all come to an end.
	 */
	void run(List<Event> events) {
		this.daemon.start();
		events.forEach((event) -> event.happen(this));
		await("done", () -> this.queue.size() == 0, Duration.ofMillis(400));
		await("empty", () -> this.receiver.statistics().inFlight() == 0, Duration.ZERO);
		this.ledger.stopping(true);
		this.daemon.stop();
		await("without threads", () -> this.threads.stream().noneMatch(Thread::isAlive), Duration.ZERO);
		this.ledger.expectAllEnded();
	}

	private void await(String what, BooleanSupplier condition, Duration step) {
		long deadline = System.nanoTime() + LONGEST_WORK;
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("never " + what + ": " + this.receiver.statistics() + this.ledger.faults());
			}
			rest();
			this.clock.advance(step);
		}
	}

	// Somebody may wait for room behind one that waits for a time.
	private void rest() {
		long deadline = System.nanoTime() + LONGEST_REST;
		while (System.nanoTime() < deadline && !(this.ledger.isAllConfirmed() && this.receiver.isIdle())) {
			Thread.yield();
		}
	}

	private void restart() {
		this.ledger.stopping(true);
		this.daemon.stop();
		this.ledger.stopping(false);
		this.daemon.start();
	}

	private @Nullable Watched any() {
		List<Watched> all = new ArrayList<>(this.deliveries);
		return all.isEmpty() ? null : all.get(this.random.nextInt(all.size()));
	}

	/**
	 * Something that happens.
	 */
	enum Event {

		SEND {

			@Override
			void happen(Trial trial) {
				trial.queue.send("message");
			}

		},

		SEND_TEN {

			@Override
			void happen(Trial trial) {
				for (int i = 0; i < 10; i++) {
					trial.queue.send("message");
				}
			}

		},

		SEND_TWICE {

			@Override
			void happen(Trial trial) {
				InboundMessage message = new InboundMessage("twice-" + trial.sent.incrementAndGet(), "message");
				trial.queue.send(message);
				trial.queue.send(message);
			}

		},

		PASS_TIME {

			@Override
			void happen(Trial trial) {
				trial.clock.advance(Duration.ofMillis(trial.random.nextInt(1_000)));
			}

		},

		WAIT {

			@Override
			void happen(Trial trial) {
				Ledger.wander(20 + trial.random.nextInt(6));
			}

		},

		LOSE {

			@Override
			void happen(Trial trial) {
				Watched lost = trial.any();
				if (lost != null) {
					lost.lose();
				}
			}

		},

		LIMIT {

			@Override
			void happen(Trial trial) {
				trial.daemon.concurrency(1 + trial.random.nextInt(10));
			}

		},

		PAUSE {

			@Override
			void happen(Trial trial) {
				trial.daemon.pause();
				Ledger.wander(22);
				trial.daemon.resume();
			}

		},

		RESTART {

			@Override
			void happen(Trial trial) {
				trial.restart();
			}

		};

		abstract void happen(Trial trial);

	}

	/**
	 * Stands between the source and the pipeline, as a wrapper of a user would.
	 */
	private final class Watching implements Receiver {

		@Override
		public void receive(Delivery delivery) {
			Watched watched = new Watched(delivery, Trial.this.ledger);
			Trial.this.deliveries.add(watched);
			Trial.this.receiver.receive(watched);
		}

		@Override
		public void open(Host host) {
			Trial.this.receiver.open(host);
		}

		@Override
		public void blocked() {
			Trial.this.receiver.blocked();
		}

		@Override
		public void unblocked() {
			Trial.this.receiver.unblocked();
		}

		@Override
		public void concurrency(int concurrency) {
			Trial.this.receiver.concurrency(concurrency);
		}

		@Override
		public @Nullable Integer concurrency() {
			return Trial.this.receiver.concurrency();
		}

		@Override
		public void drain(Duration within) {
			Trial.this.receiver.drain(within);
		}

		@Override
		public void close(Duration within) {
			Trial.this.receiver.close(within);
		}

		@Override
		public @Nullable String haltReason() {
			return Trial.this.receiver.haltReason();
		}

		@Override
		public void resume() {
			Trial.this.receiver.resume();
		}

	}

}
