package io.pubsub.aws.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was done with letters, and says when to stop. For one thread.
 */
final class Tally {

	// Something must be wrong with more than these letters.
	private static final int MAX_FAILURES = 10;

	private final List<Report.Failure> failures = new ArrayList<>();

	private final long about;

	private final Consumer<Report> progress;

	private int done;

	private int returned;

	private @Nullable String stopped;

	/**
	 * Begins to count.
	 * @param about the number of letters that there are about
	 * @param progress hears of every change
	 */
	Tally(long about, Consumer<Report> progress) {
		this.about = about;
		this.progress = progress;
	}

	int count() {
		return this.done;
	}

	boolean hasStopped() {
		return this.stopped != null;
	}

	void done() {
		this.done++;
		this.progress.accept(report(0, null));
	}

	int returned() {
		return ++this.returned;
	}

	void failed(String id, Throwable failure) {
		this.failures.add(new Report.Failure(id, textOf(failure)));
		if (this.failures.size() >= MAX_FAILURES) {
			stop(MAX_FAILURES + " letters failed");
		}
	}

	/**
	 * Stops after this letter. The first reason counts.
	 * @param reason the reason
	 */
	void stop(String reason) {
		if (this.stopped == null) {
			this.stopped = reason;
		}
	}

	static String textOf(Throwable failure) {
		return LogText.of((failure.getMessage() != null) ? failure.getMessage() : failure.getClass().getName());
	}

	Report report(int met, @Nullable String notice) {
		return new Report(this.done, Math.max(met - this.done, 0), this.returned, this.failures, this.stopped,
				this.about, notice);
	}

}
