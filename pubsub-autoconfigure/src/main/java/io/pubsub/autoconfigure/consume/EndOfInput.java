package io.pubsub.autoconfigure.consume;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.source.LinesGivenUpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends the application, once it has started, when all daemons whose input ends have come
 * to its end. The process exits with code 0 when nothing else keeps it alive, or with
 * code 1 if the input could not be read to its end, or if lines of it were given up.
 */
final class EndOfInput implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(EndOfInput.class);

	private final ConfigurableApplicationContext context;

	private final IntConsumer exit;

	private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

	EndOfInput(ConfigurableApplicationContext context, IntConsumer exit) {
		this.context = context;
		this.exit = exit;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (this.context.equals(event.getApplicationContext())) {
			this.ready.complete(true);
		}
	}

	/**
	 * Waits, in the background, until all daemons whose source ends have come to their
	 * end.
	 * @param daemons the daemons, which are running
	 */
	void follow(List<ConsumerDaemon> daemons) {
		Ends ends = new Ends(daemons.stream().filter(ConsumerDaemon::ends).toList());
		for (ConsumerDaemon daemon : daemons) {
			CompletionStage<?> unused = daemon.exhausted()
				.handle((end, failure) -> codeOf(failure))
				.thenAcceptBoth(this.ready, (code, ready) -> ended(ends, daemon, code));
		}
	}

	private static int codeOf(@Nullable Throwable failure) {
		if (failure != null && !(failure.getCause() instanceof LinesGivenUpException)) {
			logger.error("The input has ended too soon", failure);
		}
		return (failure != null) ? 1 : 0;
	}

	// A daemon that was stopped has ended too, but that ends nothing else.
	private void ended(Ends ends, ConsumerDaemon daemon, int code) {
		if (daemon.isRunning() && ends.isLast(daemon, code)) {
			new Thread(() -> exit(ends.code()), "pubsub-end-of-input").start();
		}
	}

	private void exit(int code) {
		int exitCode = SpringApplication.exit(this.context, () -> code);
		if (exitCode != 0) {
			this.exit.accept(exitCode);
		}
	}

	/**
	 * The daemons that have not come to their end.
	 */
	private static final class Ends {

		@GuardedBy("this")
		private final Set<ConsumerDaemon> pending;

		@GuardedBy("this")
		private int code;

		Ends(List<ConsumerDaemon> pending) {
			this.pending = new HashSet<>(pending);
		}

		synchronized boolean isLast(ConsumerDaemon daemon, int code) {
			this.pending.remove(daemon);
			this.code = Math.max(this.code, code);
			return this.pending.stream().noneMatch(ConsumerDaemon::isRunning);
		}

		synchronized int code() {
			return this.code;
		}

	}

}
