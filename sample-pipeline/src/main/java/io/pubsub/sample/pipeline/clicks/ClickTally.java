package io.pubsub.sample.pipeline.clicks;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Knows what this process has published, and how many records it could not read.
 */
@Component
class ClickTally implements OutcomeListener, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ClickTally.class);

	private static final String LINE = "%-24s %-12s %8s %8s";

	private static final Comparator<Window> ORDER = Comparator.comparing(Window::from).thenComparing(Window::page);

	private final Map<Window, long[]> windows = new TreeMap<>(ORDER);

	private long clicks;

	private long reported;

	private int deadLetters;

	/**
	 * A part of a window was published.
	 * @param count the part
	 */
	synchronized void published(ClickCount count) {
		long[] sums = this.windows.computeIfAbsent(new Window(count.page(), count.from()), (window) -> new long[2]);
		sums[0] += count.clicks();
		sums[1]++;
		this.clicks += count.clicks();
		notifyAll();
	}

	@Override
	public void onOutcome(DispatchResult result) {
		// A click is counted when its window is published.
	}

	@Override
	public synchronized void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
		if (failure == null) {
			this.deadLetters++;
			notifyAll();
		}
	}

	/**
	 * Waits until some clicks were counted.
	 * @param clicks the number of clicks
	 * @param deadLetters the number of dead letters
	 * @param patience the time to wait at most
	 * @return {@code false} if they were not in that time
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized boolean await(long clicks, int deadLetters, Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while ((this.clicks < clicks || this.deadLetters < deadLetters) && System.nanoTime() < end) {
			TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
		}
		return this.clicks == clicks && this.deadLetters == deadLetters;
	}

	/**
	 * Logs the table of the windows.
	 */
	synchronized void report() {
		this.reported = this.clicks;
		logger.info("The counts, as they were published:\n\n{}\n", table());
	}

	@Override
	public synchronized void destroy() {
		if (this.reported < this.clicks) {
			report();
		}
	}

	synchronized String table() {
		long parts = this.windows.values().stream().mapToLong((sums) -> sums[1]).sum();
		return this.windows.entrySet()
			.stream()
			.map((entry) -> line(entry.getKey().from(), entry.getKey().page(), entry.getValue()))
			.collect(Collectors.joining("\n", LINE.formatted("window", "page", "clicks", "parts") + "\n",
					"\n" + LINE.formatted("total", "", this.clicks, parts)));
	}

	private static String line(Instant from, String page, long... sums) {
		return LINE.formatted(from, page, sums[0], sums[1]);
	}

}
