package io.pubsub.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

import io.pubsub.internal.LogText;
import io.pubsub.source.Feed;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Feed} of a folder.
 */
final class FolderFeed implements Feed {

	private static final Logger logger = LoggerFactory.getLogger(FolderFeed.class);

	private static final Duration LIKE_ONE_AT_WORK = Duration.ofSeconds(1);

	private final Map<String, Claim> atWork = new ConcurrentHashMap<>();

	private final FolderConsumer consumer;

	private final EndOfStream end;

	private final boolean endWhenEmpty;

	private final Duration lease;

	private final Arrivals arrivals;

	private final Timekeeper time;

	private final LongConsumer progress;

	private Runnable signal = () -> {
	};

	private Timekeeper.@Nullable Task due;

	private boolean ended;

	/**
	 * Makes a feed.
	 * @param consumer the consumer of the folder
	 * @param end the end of what producers put there
	 * @param endWhenEmpty whether to end when nothing is left, producers or not
	 * @param lease the time for which work that was left unfinished is not tried again
	 * @param arrivals the signals that files may have come
	 * @param time the time
	 * @param progress told how many files are left
	 */
	FolderFeed(FolderConsumer consumer, EndOfStream end, boolean endWhenEmpty, Duration lease, Arrivals arrivals,
			Timekeeper time, LongConsumer progress) {
		this.consumer = consumer;
		this.end = end;
		this.endWhenEmpty = endWhenEmpty;
		this.lease = lease;
		this.arrivals = arrivals;
		this.time = time;
		this.progress = progress;
	}

	@Override
	public void open(Signals signals) {
		this.signal = signals::arrived;
		this.arrivals.add(this.signal);
	}

	@Override
	public List<InboundMessage> next(int most) throws IOException {
		// If one has failed, this throws, before anything is taken.
		boolean unused = this.end.isReached(false);
		List<InboundMessage> taken = this.consumer.take(most)
			.stream()
			.filter(this::isFirstOfItsId)
			.map(FolderConsumer.Taken::message)
			.toList();
		this.progress.accept(this.consumer.left());
		this.ended = this.consumer.isWorkedOff() && (this.endWhenEmpty || this.end.isReached(true));
		if (taken.isEmpty()) {
			wakeWhenDue();
		}
		return taken;
	}

	// A claim frees the name, so that a file of the same name, time and size may come. It
	// is another piece of work, which waits for the first.
	private boolean isFirstOfItsId(FolderConsumer.Taken taken) {
		if (this.atWork.putIfAbsent(taken.message().id(), taken.claim()) == null) {
			return true;
		}
		try {
			boolean unused = this.consumer.release(taken.claim(), LIKE_ONE_AT_WORK);
		}
		catch (IOException ex) {
			logger.warn("{} cannot be put back now, which is tried again", LogText.of(taken.message().id()), ex);
		}
		return false;
	}

	private void wakeWhenDue() {
		if (this.due != null) {
			this.due.cancel();
		}
		this.due = this.time.after(this.consumer.untilDue(), this.signal);
	}

	@Override
	public boolean holds(String id) {
		Claim claim = this.atWork.get(id);
		return claim == null || this.consumer.holds(claim);
	}

	@Override
	public int attemptsBefore(String id) {
		Claim claim = this.atWork.get(id);
		return (claim != null) ? claim.attempts() : 0;
	}

	@Override
	public void succeeded(String id) throws IOException {
		Claim claim = this.atWork.remove(id);
		check(id, claim == null || this.consumer.succeeded(claim));
	}

	@Override
	public void failed(String id, Failure failure) throws IOException {
		Claim claim = this.atWork.remove(id);
		check(id, claim == null || handBack(claim, failure));
	}

	private boolean handBack(Claim claim, Failure failure) throws IOException {
		return switch (failure.kind()) {
			case FAILED -> this.consumer.failed(claim, failure.attempts(), failure.delay(), "its handler failed");
			case UNTRIED -> this.consumer.release(claim, failure.delay());
			case REJECTED -> this.consumer.giveUp(claim, failure.attempts(), String.valueOf(failure.reason()));
			// Whoever works on it may not know yet.
			case ABANDONED -> this.consumer.failed(claim, failure.attempts(), this.lease, "it was left unfinished");
		};
	}

	private static void check(String id, boolean ours) throws IOException {
		if (!ours) {
			throw new IOException("%s was taken by somebody else meanwhile".formatted(id));
		}
	}

	@Override
	public boolean hasEnded() {
		return this.ended;
	}

	@Override
	public void close() {
		this.arrivals.remove(this.signal);
	}

}
