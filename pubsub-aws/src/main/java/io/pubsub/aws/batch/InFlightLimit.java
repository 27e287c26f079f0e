package io.pubsub.aws.batch;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets only so many calls be under way at a time; the others wait without a thread, and
 * start in the order in which they came, as far as threads that come at the same time
 * have one.
 */
final class InFlightLimit {

	private final Semaphore permits;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	// Whoever finds it at zero starts what waits; the others only leave word.
	private final AtomicInteger requests = new AtomicInteger();

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
		startWaiting();
		return result;
	}

	private void startWaiting() {
		if (this.requests.getAndIncrement() > 0) {
			return;
		}
		int seen = 1;
		while (seen > 0) {
			while (!this.waiting.isEmpty() && this.permits.tryAcquire()) {
				this.waiting.remove().run();
			}
			seen = this.requests.addAndGet(-seen);
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
			startWaiting();
		});
	}

}
