package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.pubsub.time.Timekeeper;

/**
 * Waits between letters, until it is told to stop. Safe for use by many threads.
 */
final class Pause {

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	private final Timekeeper time;

	Pause(Timekeeper time) {
		this.time = time;
	}

	void stop() {
		this.stopped.complete(null);
	}

	boolean isStopped() {
		return this.stopped.isDone();
	}

	void await(Duration duration) {
		CompletableFuture<Void> over = new CompletableFuture<>();
		Timekeeper.Task task = this.time.after(duration, () -> over.complete(null));
		CompletableFuture.anyOf(over, this.stopped).join();
		task.cancel();
	}

}
