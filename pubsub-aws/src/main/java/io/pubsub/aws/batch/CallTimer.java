package io.pubsub.aws.batch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;

/**
 * The timers of calls: their time limit, and the pause before another attempt.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class CallTimer {

	private static final BackoffPolicy PAUSES = BackoffPolicy.doubling(Duration.ofMillis(100), Duration.ofSeconds(1));

	private final Timekeeper time;

	private final Duration limit;

	/**
	 * Makes a timer.
	 * @param time the timekeeper, whose thread only completes futures: what follows runs
	 * elsewhere
	 * @param limit the time limit of a call
	 */
	public CallTimer(Timekeeper time, Duration limit) {
		this.time = time;
		this.limit = limit;
	}

	/**
	 * Gives a call up when its time is over. The SDK, whose future it is, aborts the
	 * request. It could do the same with timers of its own, but those stay until they
	 * expire.
	 * @param call the call, as the client returned it
	 * @param <T> the type of the response
	 * @return the call; it fails with a {@link TimeoutException} when its time is over
	 */
	public <T> CompletableFuture<T> limit(CompletableFuture<T> call) {
		if (!call.isDone()) {
			Timekeeper.Task end = this.time.after(this.limit, () -> call.completeExceptionally(new TimeoutException()));
			CompletableFuture<?> unused = call.whenComplete((response, failure) -> end.cancel());
		}
		return call;
	}

	/**
	 * The pause after an attempt, each twice as long as the one before, up to 1 s.
	 * @param attempt the number of the attempt, from 1
	 * @return completes when the pause is over or the timekeeper is closed, which must
	 * not keep the publisher for ever, on a thread that may be kept
	 */
	CompletableFuture<Void> pause(int attempt) {
		CompletableFuture<Void> pause = new CompletableFuture<>();
		this.time.after(PAUSES.delay(attempt), () -> pause.complete(null));
		return pause.applyToEitherAsync(this.time.closed(), Function.identity());
	}

}
