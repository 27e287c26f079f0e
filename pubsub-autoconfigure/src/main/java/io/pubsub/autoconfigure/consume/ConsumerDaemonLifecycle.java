package io.pubsub.autoconfigure.consume;

import java.util.concurrent.CountDownLatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.HandlerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the {@link ConsumerDaemon} with the application, and keeps the process
 * alive in between.
 */
final class ConsumerDaemonLifecycle implements SmartLifecycle {

	private final ObjectProvider<ConsumerDaemon> daemon;

	private final HandlerRegistry handlers;

	private final ObjectProvider<EndOfInput> endOfInput;

	private final boolean autoStartup;

	@GuardedBy("this")
	private @Nullable CountDownLatch stopped;

	ConsumerDaemonLifecycle(ObjectProvider<ConsumerDaemon> daemon, HandlerRegistry handlers,
			ObjectProvider<EndOfInput> endOfInput, boolean autoStartup) {
		this.daemon = daemon;
		this.handlers = handlers;
		this.endOfInput = endOfInput;
		this.autoStartup = autoStartup;
	}

	@Override
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	@Override
	public synchronized void start() {
		ConsumerDaemon daemon = this.daemon.getIfAvailable();
		if (daemon != null) {
			daemon.start();
			this.stopped = new CountDownLatch(1);
			keepAlive(this.stopped);
			TerminationSignal.exitWithZero();
			this.endOfInput.ifAvailable((end) -> end.follow(daemon));
		}
		else if (!this.handlers.handlers().isEmpty()) {
			throw new NoSourceException(this.handlers.handlers());
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
		this.daemon.ifAvailable(ConsumerDaemon::stop);
		if (this.stopped != null) {
			this.stopped.countDown();
			this.stopped = null;
		}
	}

	@Override
	public boolean isRunning() {
		ConsumerDaemon daemon = this.daemon.getIfAvailable();
		return daemon != null && daemon.isRunning();
	}

}
