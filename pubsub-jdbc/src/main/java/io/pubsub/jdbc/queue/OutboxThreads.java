package io.pubsub.jdbc.queue;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The threads of an outbox.
 *
 * @param relay the executor of the relay
 * @param leases the executor that extends leases
 * @param ended the action that ends those that are the outbox's own
 */
record OutboxThreads(Executor relay, Executor leases, Runnable ended) {

	private static final long KEEP_ALIVE_SECONDS = 30;

	static OutboxThreads of(@Nullable Executor executor) {
		if (executor != null) {
			return new OutboxThreads(executor, executor, () -> {
			});
		}
		ExecutorService relay = newThread("pubsub-outbox");
		ExecutorService leases = newThread("pubsub-outbox-leases");
		return new OutboxThreads(relay, leases, () -> {
			relay.shutdown();
			leases.shutdown();
		});
	}

	// What comes after the end finds nobody.
	private static ExecutorService newThread(String name) {
		return new ThreadPoolExecutor(0, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(work) -> {
					Thread thread = new Thread(work, name);
					thread.setDaemon(true);
					return thread;
				}, new ThreadPoolExecutor.DiscardPolicy());
	}

	void close() {
		this.ended.run();
	}

}
