package io.pubsub.source;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
			Answer answer = new Answer(messages, this.feed.hasEnded(), null);
			recovered();
			return answer;
		}
		catch (Throwable ex) {
			return new Answer(List.of(), false, failed(ex));
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
	 * Tells the feed what became of a message.
	 * @param id the id of the message
	 * @param failure the failure, {@code null} if the message has succeeded
	 * @return {@code false} if the feed has failed
	 */
	boolean tell(String id, Feed.@Nullable Failure failure) {
		if (failure != null && failure.kind() != Feed.Kind.UNTRIED) {
			this.tried.add(id);
		}
		try {
			if (failure != null) {
				this.feed.failed(id, failure);
			}
			else {
				this.feed.succeeded(id);
				this.done.forget(id);
				this.tried.forget(id);
			}
			return true;
		}
		catch (Throwable ex) {
			untold(id, failure, ex);
			return false;
		}
	}

	private void untold(String id, Feed.@Nullable Failure failure, Throwable ex) {
		this.failures.incrementAndGet();
		if (failure == null) {
			this.done.add(id);
		}
		logger.warn("{} could not be told that message {} has {}: {}", this.name, LogText.of(id),
				(failure != null) ? "failed" : "succeeded",
				(failure != null) ? "it decides when the message comes again"
						: "if the message comes again, it will not be handled again",
				LogText.printable(ex));
	}

	/**
	 * What a feed has answered.
	 *
	 * @param messages the messages
	 * @param last whether nothing will ever come again
	 * @param delay the time to wait because the feed has failed; {@code null} if it has
	 * not
	 */
	record Answer(List<InboundMessage> messages, boolean last, @Nullable Duration delay) {

	}

}
