package io.pubsub.aws.batch;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import io.pubsub.transport.internal.Pump;

/**
 * Lets only so many calls be under way at a time; the others wait without a thread, and
 * start in the order in which they came, as far as threads that come at the same time
 * have one.
 */
final class InFlightLimit {

	private final Semaphore permits;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final Pump pump = new Pump(this::startWaiting);

	InFlightLimit(int calls) {
		this.permits = new Semaphore(calls);
	}

	<T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> call) {
		CompletableFuture<T> result = new CompletableFuture<>();
		if (this.waiting.isEmpty() && this.permits.tryAcquire()) {
			start(call, result);
			return result;
		}
		this.waiting.add(() -> start(call, result));
		this.pump.run();
		return result;
	}

	private void startWaiting() {
		while (!this.waiting.isEmpty() && this.permits.tryAcquire()) {
			this.waiting.remove().run();
		}
	}

	private <T> void start(Supplier<CompletableFuture<T>> call, CompletableFuture<T> result) {
		CompletionStage<T> answer;
		try {
			answer = call.get();
		}
		catch (RuntimeException ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		answer.whenComplete((value, failure) -> {
			this.permits.release();
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				result.complete(value);
			}
			this.pump.run();
		});
	}

}
