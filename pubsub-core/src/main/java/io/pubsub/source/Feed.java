package io.pubsub.source;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * A system of one's own that messages are pulled from, such as a table, an API or a
 * mailbox. {@link PullSource} makes a source of it.
 * <p>
 * All methods but {@link #open(Signals)} and {@link #holds(String)} are called by one
 * thread, one after the other, so that a feed need not be safe for use by many. They may
 * block, but while one does, nothing else is asked or told of the feed. They may throw:
 * that is logged and counted, and {@link #next(int)} is tried again later.
 *
 * @since 0.1.0
 */
public interface Feed {

	/**
	 * Learns, before anything else, that a subscription begins. By default nothing
	 * happens.
	 * @param signals the signals that the feed may give from now on, on any thread
	 * @throws RuntimeException if the system does not exist or may not be read, so that
	 * the subscription does not start
	 */
	default void open(Signals signals) {
	}

	/**
	 * Learns that the subscription has ended: nothing more is asked or told. By default
	 * nothing happens.
	 */
	default void close() {
	}

	/**
	 * Gives the messages that are there. An id that is at work already is ignored until
	 * the feed has been told what became of it.
	 * @param most the number of messages that can be handed over at once; more are kept
	 * until they can be
	 * @return the messages, in the order in which they are handed over; empty if there is
	 * nothing now
	 * @throws UpstreamFailedException if a producer has failed: that ends the
	 * subscription when what is at work has ended
	 * @throws Exception if the system cannot be asked
	 */
	List<InboundMessage> next(int most) throws Exception;

	/**
	 * Learns that a message is done with: it was handled, needed no handling, or has
	 * become a dead letter.
	 * @param id the id of the message
	 * @throws Exception if that cannot be written down. The message may come again: then
	 * it is not handled again, and this is called again
	 */
	void succeeded(String id) throws Exception;

	/**
	 * Learns that a message is not done with. It comes again only if {@link #next(int)}
	 * gives it again.
	 * @param id the id of the message
	 * @param failure the failure, with the delay after which the message should come
	 * again
	 * @throws Exception if that cannot be written down
	 */
	void failed(String id, Failure failure) throws Exception;

	/**
	 * Learns what became of the messages that have ended since the last call, in that
	 * order. By default, {@link #succeeded(String)} or {@link #failed(String, Failure)}
	 * is called for each: a feed that writes many down at once does so here.
	 * @param results the results, at least one
	 * @return the failures of those that could not be written down, by the ids of the
	 * messages
	 * @throws Exception if none of them could be written down
	 */
	default Map<String, Throwable> settle(List<Result> results) throws Exception {
		Map<String, Throwable> failures = new LinkedHashMap<>();
		for (Result result : results) {
			try {
				result.tell(this);
			}
			catch (Throwable ex) {
				failures.put(result.id(), ex);
			}
		}
		return failures;
	}

	/**
	 * Whether a message that the feed gave is still reserved for this process. Called by
	 * any thread whenever somebody is about to rely on it, so that it must be quick: a
	 * timer that gives {@link Signals#lost(String)} is late when the process was paused.
	 * @param id the id of the message
	 * @return {@code false} if somebody else may have it by now; by default {@code true},
	 * as for a feed without leases
	 */
	default boolean holds(String id) {
		return true;
	}

	/**
	 * How often a message was tried before, as far as the feed has kept it. The source
	 * counts for itself too, since the start of this process; the higher number holds.
	 * @param id the id of the message
	 * @return the number, by default 0
	 */
	default int attemptsBefore(String id) {
		return 0;
	}

	/**
	 * Whether {@link #next(int)} will never give anything again, asked after each call of
	 * it.
	 * @return {@code true} at the end of a feed that has one; by default {@code false}
	 */
	default boolean hasEnded() {
		return false;
	}

	/**
	 * Why a message is not done with.
	 *
	 * @param kind the kind of the failure
	 * @param attempts the number of times that the message was tried until now
	 * @param delay the delay after which the message should come again, from zero to 12
	 * hours
	 * @param reason the code of the reason why it can never be handled, if the kind is
	 * {@link Kind#REJECTED}
	 */
	record Failure(Kind kind, int attempts, Duration delay, @Nullable String reason) {

	}

	/**
	 * The kinds of failures.
	 */
	enum Kind {

		/** It was tried and is to be tried again. */
		FAILED,

		/** It was not tried: for example because of a stop, or behind one that failed. */
		UNTRIED,

		/** It can never be handled, and there is no place for dead letters. */
		REJECTED,

		/**
		 * A stop left it unfinished: the work on it may go on, but its end counts no
		 * more.
		 */
		ABANDONED

	}

	/**
	 * The signals that a feed may give at any time, on any thread. They return at once.
	 */
	interface Signals {

		/**
		 * Something has come: the feed is asked without waiting for the end of the poll
		 * interval.
		 */
		void arrived();

		/**
		 * The feed could not keep a message reserved: the delivery is lost, and the feed
		 * is not told what becomes of it.
		 * @param id the id of the message
		 */
		void lost(String id);

	}

	/**
	 * What became of a message.
	 *
	 * @param id the id of the message
	 * @param failure the failure, {@code null} if the message has succeeded
	 */
	record Result(String id, @Nullable Failure failure) {

		/**
		 * Tells a feed.
		 * @param feed the feed
		 * @throws Exception if that cannot be written down
		 */
		public void tell(Feed feed) throws Exception {
			if (this.failure != null) {
				feed.failed(this.id, this.failure);
			}
			else {
				feed.succeeded(this.id);
			}
		}

	}

}
