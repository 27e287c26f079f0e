package io.pubsub.autoconfigure.consume;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.daemon.ConsumerDaemon;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the daemons with the application, and keeps the process alive in
 * between. All stop at the same time, so that each has the whole time for its drain.
 */
final class ConsumerDaemonLifecycle implements SmartLifecycle {

	private static final Executor STOPPING = (task) -> new Thread(task, "pubsub-stop").start();

	private final Daemons daemons;

	private final ObjectProvider<EndOfInput> endOfInput;

	private final boolean autoStartup;

	@GuardedBy("this")
	private @Nullable CountDownLatch stopped;

	ConsumerDaemonLifecycle(Daemons daemons, ObjectProvider<EndOfInput> endOfInput, boolean autoStartup) {
		this.daemons = daemons;
		this.endOfInput = endOfInput;
		this.autoStartup = autoStartup;
	}

	@Override
	public boolean isAutoStartup() {
		return this.autoStartup || this.daemons.others().stream().anyMatch(ManagedDaemon::autoStartup);
	}

	/**
	 * Starts those that start with the application; or all, if none of them does, so that
	 * somebody must have asked for it.
	 */
	@Override
	public synchronized void start() {
		this.daemons.check();
		List<ManagedDaemon> all = this.daemons.all();
		List<ManagedDaemon> chosen = isAutoStartup() ? all.stream().filter(ManagedDaemon::autoStartup).toList() : all;
		if (!chosen.isEmpty()) {
			start(chosen);
			this.stopped = new CountDownLatch(1);
			keepAlive(this.stopped);
			TerminationSignal.exitWithZero();
			this.endOfInput.ifAvailable((end) -> end.follow(chosen.stream().map(ManagedDaemon::daemon).toList()));
		}
	}

	private void start(List<ManagedDaemon> chosen) {
		for (ManagedDaemon daemon : chosen) {
			try {
				daemon.start();
			}
			catch (RuntimeException | Error ex) {
				stopAll();
				throw ex;
			}
		}
	}

	// The threads of the AWS SDK are daemons: without this one a JVM that only consumes
	// would end.
	private static void keepAlive(CountDownLatch stopped) {
		Thread thread = new Thread(() -> await(stopped), "pubsub-daemon");
		thread.setDaemon(false);
		thread.start();
	}

	private static void await(CountDownLatch stopped) {
		try {
			stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public synchronized void stop() {
		stopAll();
		if (this.stopped != null) {
			this.stopped.countDown();
			this.stopped = null;
		}
	}

	private void stopAll() {
		CompletableFuture<?>[] stops = running().map((daemon) -> CompletableFuture.runAsync(daemon::stop, STOPPING))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(stops).join();
	}

	@Override
	public boolean isRunning() {
		return running().findAny().isPresent();
	}

	private Stream<ConsumerDaemon> running() {
		return this.daemons.all().stream().map(ManagedDaemon::daemon).filter(ConsumerDaemon::isRunning);
	}

}
