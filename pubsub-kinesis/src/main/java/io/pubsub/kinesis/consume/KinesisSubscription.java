package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.internal.FailureStreak;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that is being received from, on a thread of its own and on those of the
 * Kinesis Client Library.
 */
final class KinesisSubscription implements Subscription {

	private static final Logger logger = LoggerFactory.getLogger(KinesisSource.class);

	// For the last checkpoints, and for the library to end by itself.
	private static final Duration LONGEST_FLUSH = Duration.ofSeconds(5);

	private final AtomicBoolean stopped = new AtomicBoolean();

	private final CountDownLatch stopSignal = new CountDownLatch(1);

	private final CompletableFuture<Void> reading = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final FailureStreak failures = new FailureStreak();

	private final String stream;

	private final StreamReader.Factory readers;

	private final Shards shards;

	private final Timekeeper time;

	private volatile @Nullable StreamReader reader;

	private volatile boolean backingOff;

	/**
	 * Makes a subscription that has not begun.
	 * @param stream the address of the stream
	 * @param readers the factory of what reads it
	 * @param shards the shards, of which there is none
	 * @param time the time, which ends with the subscription
	 */
	KinesisSubscription(String stream, StreamReader.Factory readers, Shards shards, Timekeeper time) {
		this.stream = stream;
		this.readers = readers;
		this.shards = shards;
		this.time = time;
	}

	void start() {
		this.shards.room().changed();
		this.reader = read();
		Thread thread = new Thread(this::run, "pubsub-" + this.stream);
		// A library that does not end must not keep the process alive.
		thread.setDaemon(true);
		thread.start();
	}

	private StreamReader read() {
		return this.readers.create(() -> new ShardProcessor(this.shards, this::lease, this.time));
	}

	private ShardLease lease(String shard) {
		return Objects.requireNonNull(this.reader, "the stream is not read").lease(shard);
	}

	private void run() {
		try {
			run(() -> Objects.requireNonNull(this.reader));
			while (!this.shards.isStopped() && backOff()) {
				run(this::readAnew);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.reading.complete(null);
		}
	}

	private void run(Supplier<@Nullable StreamReader> readers) {
		try {
			StreamReader current = readers.get();
			if (current != null) {
				current.run();
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error("Receiving from stream {} failed", this.stream, LogText.printable(ex));
		}
	}

	// A stop that comes now finds either the new reader, or nothing that runs.
	private @Nullable StreamReader readAnew() {
		StreamReader next = read();
		this.reader = next;
		return this.shards.isStopped() ? null : next;
	}

	// The library gives up when it cannot reach its table for long.
	private boolean backOff() throws InterruptedException {
		this.backingOff = true;
		this.shards.lose();
		this.failures.failed();
		Duration pause = this.failures.pause();
		logger.warn("Receiving from stream {} has ended, beginning anew in {}: see the messages before", this.stream,
				DurationText.of(pause));
		boolean stopping = this.stopSignal.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		this.backingOff = false;
		return !stopping;
	}

	@Override
	public void pause() {
		limit(0);
	}

	@Override
	public void resume() {
		limit(Integer.MAX_VALUE);
	}

	@Override
	public void limit(int messages) {
		this.shards.room().limit(messages);
	}

	@Override
	public void concurrency(int concurrency) {
		if (concurrency < 1 || concurrency > Receiver.MAX_CONCURRENCY) {
			throw new IllegalArgumentException(
					"concurrency must be from 1 to %d, not %d".formatted(Receiver.MAX_CONCURRENCY, concurrency));
		}
		this.shards.room().concurrency(concurrency);
	}

	@Override
	public void stop(Duration drain) {
		if (this.stopped.compareAndSet(false, true)) {
			try {
				stopOnce(drain);
			}
			finally {
				this.time.close();
				this.ended.complete(null);
			}
		}
		this.ended.join();
	}

	private void stopOnce(Duration drain) {
		this.shards.stop(drain);
		this.stopSignal.countDown();
		StreamReader current = Objects.requireNonNull(this.reader);
		Duration longest = this.shards.isEmpty() ? LONGEST_FLUSH : drain.plus(LONGEST_FLUSH);
		boolean graceful = isDoneWithin(current.stopGracefully(), longest);
		int left = inFlight();
		this.shards.lose();
		// While it begins, the library does not let itself be stopped: it ends later,
		// then.
		isDoneWithin(CompletableFuture.runAsync(current::stop), LONGEST_FLUSH);
		isDoneWithin(this.reading, LONGEST_FLUSH);
		if (graceful && left == 0) {
			logger.info("Stopped receiving from stream {}", this.stream);
		}
		else {
			logger.warn("Stopped receiving from stream {} with {} messages unsettled after {}: they come again",
					this.stream, left, DurationText.of(drain));
		}
	}

	private static boolean isDoneWithin(CompletableFuture<?> future, Duration longest) {
		try {
			future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("The stop did not end as it should", ex);
			return false;
		}
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.ended.minimalCompletionStage();
	}

	@Override
	public State state() {
		if (this.stopped.get()) {
			return State.STOPPED;
		}
		if (this.shards.room().isPaused()) {
			return State.PAUSED;
		}
		return (this.backingOff || this.shards.isHeldUp()) ? State.BACKING_OFF : State.RECEIVING;
	}

	@Override
	public int inFlight() {
		return this.shards.room().used();
	}

}
