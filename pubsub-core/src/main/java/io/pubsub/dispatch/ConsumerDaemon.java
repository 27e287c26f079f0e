package io.pubsub.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one source and has every message handled: a {@link Source}, a
 * {@link MessageDispatcher} and the threads between them.
 * <p>
 * Safe for use by many threads. It can be started again after it was stopped.
 */
public final class ConsumerDaemon {

	private static final Logger logger = LoggerFactory.getLogger(ConsumerDaemon.class);

	private final Source source;

	private final MessageDispatcher dispatcher;

	private final HandlerRegistry handlers;

	private final Duration drain;

	private final Supplier<ExecutorService> executors;

	private final Pauses pauses = new Pauses(this::subscription);

	private volatile @Nullable Integer concurrency;

	private boolean concurrencyChanged;

	private volatile @Nullable Run run;

	private volatile Instant lastProgress = Instant.EPOCH;

	/**
	 * Makes a daemon, which is not started.
	 * @param source where the messages come from
	 * @param dispatcher what has them handled
	 * @param handlers the handlers, which are listed in the log when the daemon starts
	 * @param concurrency how many messages are handled at once, at least 1
	 * @param drain how long a stop waits for the handlers that are at work
	 * @param threadFactory what makes the threads of the handlers
	 */
	public ConsumerDaemon(Source source, MessageDispatcher dispatcher, HandlerRegistry handlers, int concurrency,
			Duration drain, ThreadFactory threadFactory) {
		this(source, dispatcher, handlers, drain, () -> Executors.newFixedThreadPool(concurrency, threadFactory));
		this.concurrency = positive(concurrency);
	}

	/**
	 * Makes a daemon whose threads are not its own, which is not started.
	 * @param source where the messages come from
	 * @param dispatcher what has them handled
	 * @param handlers the handlers, which are listed in the log when the daemon starts
	 * @param drain how long a stop waits for the handlers that are at work
	 * @param executors what makes the executor that calls the handlers; called at every
	 * start, and what it made is shut down by the stop
	 */
	public ConsumerDaemon(Source source, MessageDispatcher dispatcher, HandlerRegistry handlers, Duration drain,
			Supplier<ExecutorService> executors) {
		this.source = source;
		this.dispatcher = dispatcher;
		this.handlers = handlers;
		this.drain = drain;
		this.executors = executors;
	}

	/**
	 * Starts to consume. Does nothing if the daemon is running.
	 * @throws RuntimeException if the source does not exist or may not be read
	 */
	public synchronized void start() {
		if (this.run == null) {
			logHandlers();
			progress();
			this.dispatcher.limit().reset();
			int limit = this.pauses.lowest();
			Run started = consume(this.executors.get(), limit);
			this.run = started;
			this.pauses.update(limit);
			if (this.concurrencyChanged && this.concurrency != null) {
				started.concurrency(this.concurrency);
			}
			pauseIfHalted();
		}
	}

	/**
	 * Stops: takes no more messages, hands back those whose handling has not begun, and
	 * waits for the others as long as the drain time permits. Does nothing if the daemon
	 * is not running.
	 */
	public synchronized void stop() {
		Run stopped = this.run;
		this.run = null;
		if (stopped != null) {
			this.pauses.remove(this);
			long start = System.nanoTime();
			stopped.subscription().stop(this.drain);
			shutDown(stopped.executor(), this.drain.toNanos() - (System.nanoTime() - start));
		}
	}

	// What is settled may still have its outcome to be logged and listened to.
	private static void shutDown(ExecutorService executor, long nanos) {
		executor.shutdown();
		try {
			if (!executor.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
				executor.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			executor.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Whether the daemon was started and not stopped.
	 * @return {@code true} between start and stop
	 */
	public boolean isRunning() {
		return this.run != null;
	}

	/**
	 * The running source, for a look at its state, a pause, or its end.
	 * @return the subscription, or {@code null} if the daemon is not running
	 */
	public @Nullable Subscription subscription() {
		Run current = this.run;
		return (current != null) ? current.subscription() : null;
	}

	/**
	 * The end of a source that can end.
	 * @return completes when all that the source had is settled
	 * @throws IllegalStateException if the daemon is not running
	 */
	public CompletionStage<Void> exhausted() {
		Subscription subscription = subscription();
		if (subscription == null) {
			throw new IllegalStateException("the daemon is not running");
		}
		return subscription.exhausted();
	}

	/**
	 * Asks the source for no more messages until {@link #resume()}; what is in flight
	 * goes on. Does nothing if the daemon is not running.
	 */
	public void pause() {
		if (isRunning()) {
			this.pauses.limit(this, 0);
		}
	}

	/**
	 * Ends a pause, or a halt, after which dead letters are counted from zero. Does
	 * nothing if the daemon is not running.
	 */
	public void resume() {
		if (isRunning()) {
			// A pause that is based on what was before must not come after it.
			synchronized (this.pauses) {
				this.dispatcher.limit().reset();
				this.pauses.remove(this);
			}
		}
	}

	/**
	 * Asks the source for messages only while fewer than a number are in flight, until
	 * the holder resumes, over a stop and the next start too. Of several holders the
	 * lowest limit holds.
	 * @param holder whose limit it is; {@link #resume()} and other holders do not end it
	 * @param messages the number, in the place of the one that the holder had; 0 is a
	 * pause
	 */
	public void limit(Object holder, int messages) {
		this.pauses.limit(holder, messages);
	}

	/**
	 * Ends the limit of a holder. Those of others stay.
	 * @param holder whose limit it is
	 */
	public void resume(Object holder) {
		this.pauses.remove(holder);
	}

	/**
	 * Why the daemon has halted: there were more dead letters than its
	 * {@link DeadLetterLimit} permits. It has paused, and hands back what comes all the
	 * same, until it is resumed.
	 * @return the reason, or {@code null} if the daemon has not halted or is not running
	 */
	public @Nullable String haltReason() {
		return (this.run != null) ? this.dispatcher.limit().exceeded() : null;
	}

	/**
	 * Changes how many messages are handled at once, from now on and also after a
	 * restart. Handlers at work go on.
	 * @param concurrency the number, at least 1
	 */
	public synchronized void concurrency(int concurrency) {
		this.concurrency = positive(concurrency);
		this.concurrencyChanged = true;
		Run current = this.run;
		if (current != null) {
			current.concurrency(concurrency);
			logger.info("Handling up to {} messages at once from now on", concurrency);
		}
	}

	/**
	 * How many messages are handled at once.
	 * @return the number; {@code null} if that is up to an executor which is not the
	 * daemon's own
	 */
	public @Nullable Integer concurrency() {
		return this.concurrency;
	}

	private static int positive(int concurrency) {
		if (concurrency < 1) {
			throw new IllegalArgumentException("the concurrency must be at least 1, not " + concurrency);
		}
		return concurrency;
	}

	/**
	 * How the source is doing.
	 * @return the state at this moment; stopped if the daemon is not running
	 */
	public Subscription.State state() {
		Subscription subscription = subscription();
		return (subscription != null) ? subscription.state() : Subscription.State.STOPPED;
	}

	/**
	 * The number of messages that the source has handed over and that are not settled.
	 * @return the number at this moment; zero if the daemon is not running
	 */
	public int inFlight() {
		Subscription subscription = subscription();
		return (subscription != null) ? subscription.inFlight() : 0;
	}

	/**
	 * When a message was last handed over, begun or settled. A daemon that has messages
	 * in flight and makes no progress for long is stuck.
	 * @return the time of the last progress; that of the start if there was none
	 */
	public Instant lastProgress() {
		return this.lastProgress;
	}

	private Run consume(ExecutorService executor, int limit) {
		try {
			return new Run(executor, this.source.start((delivery) -> submit(executor, delivery), limit));
		}
		catch (RuntimeException | Error ex) {
			executor.shutdownNow();
			throw ex;
		}
	}

	private void submit(ExecutorService executor, Delivery delivery) {
		progress();
		try {
			executor.execute(() -> dispatch(delivery));
		}
		catch (RejectedExecutionException ex) {
			delivery.nack(Duration.ZERO);
		}
	}

	private void dispatch(Delivery delivery) {
		progress();
		try {
			if (pauseIfHalted()) {
				delivery.nack(null);
			}
			else {
				this.dispatcher.dispatch(delivery);
			}
		}
		finally {
			pauseIfHalted();
			progress();
		}
	}

	private boolean pauseIfHalted() {
		if (this.dispatcher.limit().exceeded() == null) {
			return false;
		}
		synchronized (this.pauses) {
			boolean halted = this.dispatcher.limit().exceeded() != null;
			if (halted) {
				pause();
			}
			return halted;
		}
	}

	private void progress() {
		this.lastProgress = Instant.now();
	}

	// MC-49
	private void logHandlers() {
		if (this.handlers.handlers().isEmpty()) {
			logger.warn("No handler is registered: annotate a bean, or a method of it, with @Handles");
		}
		this.handlers.handlers()
			.forEach((handler) -> logger.info("Handling {} with {}", handler.mediaType(), handler.name()));
	}

	private record Run(ExecutorService executor, Subscription subscription) {

		void concurrency(int concurrency) {
			if (this.executor instanceof ThreadPoolExecutor pool) {
				// The core must never be larger than the maximum.
				pool.setCorePoolSize(Math.min(concurrency, pool.getMaximumPoolSize()));
				pool.setMaximumPoolSize(concurrency);
				pool.setCorePoolSize(concurrency);
			}
			this.subscription.concurrency(concurrency);
		}

	}

}
