package io.pubsub.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.internal.FailureStreak;
import io.pubsub.transport.internal.MessageCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of a {@link Feed}, whose code may throw anything.
 */
final class FeedCalls {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	private static final int REMEMBERED = 10_000;

	private final MessageCounts tried = new MessageCounts(REMEMBERED);

	// The feed does not know of these, and may give them again.
	private final MessageCounts done = new MessageCounts(REMEMBERED);

	private final String name;

	private final Feed feed;

	private final AtomicLong failures = new AtomicLong();

	private final FailureStreak streak = new FailureStreak();

	private final FailureStreak refusals = new FailureStreak();

	FeedCalls(String name, Feed feed) {
		this.name = name;
		this.feed = feed;
	}

	String name() {
		return this.name;
	}

	/**
	 * The number of calls that have failed.
	 * @return the number, which goes on counting
	 */
	long failures() {
		return this.failures.get();
	}

	/**
	 * Asks for messages.
	 * @param most the number of messages that can be handed over
	 * @return the answer, which may be a failure
	 */
	Answer next(int most) {
		try {
			// What is null in a list must not lose the others in it.
			List<InboundMessage> messages = this.feed.next(most).stream().filter(Objects::nonNull).toList();
			Answer answer = new Answer(messages, this.feed.hasEnded(), null, null);
			recovered();
			return answer;
		}
		catch (UpstreamFailedException ex) {
			return new Answer(List.of(), true, null, ex);
		}
		catch (Throwable ex) {
			return new Answer(List.of(), false, failed(ex), null);
		}
	}

	private void recovered() {
		int before = this.streak.ended();
		if (before > 0) {
			logger.info("Pulling from {} works again after {} failures", this.name, before);
		}
	}

	private Duration failed(Throwable failure) {
		this.failures.incrementAndGet();
		int row = this.streak.failed();
		Duration delay = this.streak.pause();
		if (row == 1) {
			logger.warn("Cannot pull from {}, trying again in {}", this.name, DurationText.of(delay),
					LogText.printable(failure));
		}
		else {
			logger.debug("Cannot pull from {}, trying again in {}", this.name, DurationText.of(delay),
					LogText.printable(failure));
		}
		return delay;
	}

	/**
	 * Asks for a permission, which is not given if its code fails.
	 * @param permission the permission
	 * @return {@code true} if it is given
	 */
	boolean permits(Permission permission) {
		try {
			boolean given = permission.isGiven();
			this.refusals.ended();
			return given;
		}
		catch (Throwable ex) {
			this.failures.incrementAndGet();
			if (this.refusals.failed() == 1) {
				logger.warn("Cannot find out whether to pull from {}: not until that is known", this.name,
						LogText.printable(ex));
			}
			return false;
		}
	}

	/**
	 * The number of the next attempt at a message.
	 * @param id the id of the message
	 * @return the number, from 1
	 */
	int attempt(String id) {
		return Math.max(this.tried.of(id), attemptsBefore(id)) + 1;
	}

	private int attemptsBefore(String id) {
		try {
			return this.feed.attemptsBefore(id);
		}
		catch (Throwable ex) {
			this.failures.incrementAndGet();
			logger.warn("{} did not say how often message {} was tried before", this.name, LogText.of(id),
					LogText.printable(ex));
			return 0;
		}
	}

	/**
	 * Whether a message has succeeded, but the feed could not be told.
	 * @param id the id of the message
	 * @return {@code true} if it must not be handled again
	 */
	boolean isDone(String id) {
		return this.done.of(id) > 0;
	}

	/**
	 * Begins to call the feed.
	 * @param signals the signals that the feed may give
	 */
	void open(Feed.Signals signals) {
		this.feed.open(signals);
	}

	/**
	 * Ends the calls of the feed.
	 */
	void close() {
		try {
			this.feed.close();
		}
		catch (Throwable ex) {
			this.failures.incrementAndGet();
			logger.warn("{} could not be closed", this.name, LogText.printable(ex));
		}
	}

	/**
	 * Whether a message is still reserved for this process.
	 * @param id the id of the message
	 * @return {@code true} if so, or if the feed does not know
	 */
	boolean holds(String id) {
		try {
			return this.feed.holds(id);
		}
		catch (Throwable ex) {
			this.failures.incrementAndGet();
			logger.warn("{} did not say whether it holds message {}", this.name, LogText.of(id), LogText.printable(ex));
			return true;
		}
	}

	/**
	 * Tells the feed what became of messages.
	 * @param results the results
	 * @return the ids of those for which the feed has failed
	 */
	Set<String> tell(List<Feed.Result> results) {
		for (Feed.Result result : results) {
			Feed.Failure failure = result.failure();
			if (failure != null && failure.kind() != Feed.Kind.UNTRIED) {
				this.tried.add(result.id());
			}
		}
		Map<String, Throwable> failures = settle(results);
		for (Feed.Result result : results) {
			told(result, failures.get(result.id()));
		}
		return failures.keySet();
	}

	private Map<String, Throwable> settle(List<Feed.Result> results) {
		try {
			return this.feed.settle(results);
		}
		catch (Throwable ex) {
			Map<String, Throwable> failures = new HashMap<>();
			results.forEach((result) -> failures.put(result.id(), ex));
			return failures;
		}
	}

	private void told(Feed.Result result, @Nullable Throwable failure) {
		if (failure != null) {
			untold(result, failure);
		}
		else if (result.failure() == null) {
			this.done.forget(result.id());
			this.tried.forget(result.id());
		}
	}

	private void untold(Feed.Result result, Throwable failure) {
		this.failures.incrementAndGet();
		boolean failed = result.failure() != null;
		if (!failed) {
			this.done.add(result.id());
		}
		logger.warn("{} could not be told that message {} has {}: {}", this.name, LogText.of(result.id()),
				failed ? "failed" : "succeeded", failed ? "it decides when the message comes again"
						: "if the message comes again, it will not be handled again",
				LogText.printable(failure));
	}

	/**
	 * What a feed has answered.
	 *
	 * @param messages the messages
	 * @param last whether nothing will ever come again
	 * @param delay the time to wait because the feed has failed; {@code null} if it has
	 * not
	 * @param end the failure upstream that is the end of all; {@code null} if there is
	 * none
	 */
	record Answer(List<InboundMessage> messages, boolean last, @Nullable Duration delay,
			@Nullable UpstreamFailedException end) {

	}

}
