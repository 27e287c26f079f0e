package io.pubsub.transport;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decides what to do with deliveries, and settles them.
 * <p>
 * A source calls {@link #receive(Delivery)}, {@link #blocked()} and {@link #unblocked()}.
 * Whoever runs the source calls the rest: {@link #open(Host)} before the source starts,
 * {@link #drain(Duration)} before its subscription is stopped, and
 * {@link #close(Duration)} when it has stopped. A receiver can be opened again after it
 * was closed, and is run by one at a time. It owns its threads, its reason to halt and
 * its progress.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Receiver {

	/**
	 * The most deliveries that may be worked on at the same time: each needs a thread.
	 */
	int MAX_CONCURRENCY = 10_000;

	/**
	 * Takes over a delivery, which from now on is the receiver's to settle. Must not
	 * throw, and must not block where the calling thread is that of a source.
	 * @param delivery the delivery
	 */
	void receive(Delivery delivery);

	/**
	 * Gets ready to receive.
	 * @param host the side that runs this receiver and wants to know how it is doing
	 */
	default void open(Host host) {
	}

	/**
	 * Says that nothing will come until something settles: the source is full, limited or
	 * paused, what it has left waits behind what is in work, or its input has ended. A
	 * receiver that collects must let go of what it has.
	 */
	default void blocked() {
	}

	/**
	 * Ends what {@link #blocked()} has begun: something may come again.
	 */
	default void unblocked() {
	}

	/**
	 * Changes how many deliveries are worked on at the same time. Work that has begun
	 * goes on.
	 * @param concurrency the number, from 1 to {@link #MAX_CONCURRENCY}
	 */
	default void concurrency(int concurrency) {
	}

	/**
	 * How many deliveries are worked on at the same time.
	 * @return the number; {@code null}, the default, if the receiver has no such limit
	 */
	default @Nullable Integer concurrency() {
		return null;
	}

	/**
	 * Says that the subscription is about to stop: nothing new is to be waited for. Must
	 * not block.
	 * @param within the time in which all work should end
	 */
	default void drain(Duration within) {
	}

	/**
	 * Ends the receiver, after its subscription has stopped.
	 * @param within the time that may be waited for what is still at work, not positive
	 * if there is none left
	 */
	default void close(Duration within) {
	}

	/**
	 * The reason why this receiver wants nothing more.
	 * @return the reason, for people; {@code null}, the default, while it goes on
	 */
	default @Nullable String haltReason() {
		return null;
	}

	/**
	 * Goes on after a halt: forgets its reason.
	 */
	default void resume() {
	}

	/**
	 * Whether all that is in here rests by intention, until a time comes or more is
	 * received, so that no progress is no fault.
	 * @return {@code true} if so at some moment during this call; by default
	 * {@code false}
	 */
	default boolean isAtRest() {
		return false;
	}

	/**
	 * The threads of this receiver, for who looks for a fault.
	 * @return the threads at this moment; by default none
	 */
	default Collection<Thread> threads() {
		return List.of();
	}

	/**
	 * The side that runs a receiver. Its methods may be called on any thread, and return
	 * at once.
	 */
	interface Host {

		/**
		 * A host that takes no notice.
		 */
		Host NONE = new Host() {

			@Override
			public void progressed() {
			}

			@Override
			public boolean halted() {
				return false;
			}

		};

		/**
		 * Work was taken over, begun or ended.
		 */
		void progressed();

		/**
		 * The receiver has a {@link Receiver#haltReason()}.
		 * @return {@code true} if nothing more will be asked for until the receiver is
		 * resumed, so that it hands back what comes all the same; {@code false} if the
		 * reason is gone by now, or if this host goes on
		 */
		boolean halted();

	}

}
