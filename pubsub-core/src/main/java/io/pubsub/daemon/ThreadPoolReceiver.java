package io.pubsub.daemon;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.ReceiverDecorator;
import org.jspecify.annotations.Nullable;

/**
 * {@link Receiver} that has another one receive on threads of its own, as many deliveries
 * at the same time as its concurrency, so that no thread of a source is blocked.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ThreadPoolReceiver implements ReceiverDecorator {

	private static final Duration IDLE = Duration.ofSeconds(30);

	private final Receiver receiver;

	private final ThreadFactory threadFactory;

	private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

	private volatile int concurrency;

	private volatile Host host = Host.NONE;

	private volatile @Nullable ThreadPoolExecutor threads;

	/**
	 * Makes a receiver that is not open.
	 * @param receiver the receiver that does the work, and may block
	 * @param concurrency the number of threads, from 1 to {@link #MAX_CONCURRENCY}
	 * @param threadFactory the factory of the threads
	 */
	public ThreadPoolReceiver(Receiver receiver, int concurrency, ThreadFactory threadFactory) {
		this.receiver = receiver;
		this.concurrency = checked(concurrency);
		this.threadFactory = threadFactory;
	}

	@Override
	public Receiver receiver() {
		return this.receiver;
	}

	@Override
	public synchronized void open(Host host) {
		this.host = host;
		this.receiver.open(host);
		ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(this.concurrency,
				(work) -> this.threadFactory.newThread(() -> run(work)));
		// It makes a thread for each delivery until there are so many, idle ones or not.
		threads.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
		threads.allowCoreThreadTimeOut(true);
		this.threads = threads;
	}

	private void run(Runnable work) {
		this.alive.add(Thread.currentThread());
		try {
			work.run();
		}
		finally {
			this.alive.remove(Thread.currentThread());
		}
	}

	@Override
	public void receive(Delivery delivery) {
		this.host.progressed();
		ThreadPoolExecutor threads = this.threads;
		try {
			if (threads == null) {
				throw new RejectedExecutionException("the receiver is not open");
			}
			threads.execute(() -> this.receiver.receive(delivery));
		}
		catch (RejectedExecutionException ex) {
			delivery.nack(Duration.ZERO);
		}
	}

	@Override
	public synchronized void concurrency(int concurrency) {
		this.concurrency = checked(concurrency);
		ThreadPoolExecutor threads = this.threads;
		if (threads != null) {
			// The core must never be larger than the maximum.
			threads.setCorePoolSize(Math.min(concurrency, threads.getMaximumPoolSize()));
			threads.setMaximumPoolSize(concurrency);
			threads.setCorePoolSize(concurrency);
		}
	}

	@Override
	public Integer concurrency() {
		return this.concurrency;
	}

	@Override
	public Collection<Thread> threads() {
		return List.copyOf(this.alive);
	}

	@Override
	public synchronized void close(Duration within) {
		long start = System.nanoTime();
		ThreadPoolExecutor threads = this.threads;
		if (threads != null) {
			shutDown(threads, within);
		}
		this.receiver.close(within.minusNanos(System.nanoTime() - start));
	}

	// What is settled may still have its outcome to be logged and listened to.
	private static void shutDown(ThreadPoolExecutor threads, Duration within) {
		threads.shutdown();
		try {
			if (!threads.awaitTermination(within.toNanos(), TimeUnit.NANOSECONDS)) {
				threads.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			threads.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	private static int checked(int concurrency) {
		if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
			throw new IllegalArgumentException(
					"the concurrency must be from 1 to %d, not %d".formatted(MAX_CONCURRENCY, concurrency));
		}
		return concurrency;
	}

}
