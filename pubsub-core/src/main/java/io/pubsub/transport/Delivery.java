package io.pubsub.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.pubsub.Lease;
import io.pubsub.NackException;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of a message, to be settled exactly once: the first call of
 * {@link #ack()}, {@link #ackDeadLetter(String)}, {@link #nack(Duration)},
 * {@link #release(Duration)} or {@link #reject(String)} wins, later ones do nothing. A
 * delivery that is lost before is not settled at all: somebody else has the message.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Delivery extends Lease, AutoCloseable {

	/**
	 * The message.
	 * @return the message, unopened
	 */
	InboundMessage message();

	/**
	 * The number of this attempt at the message. Deliveries that were released before
	 * they were tried do not count, as far as the source remembers them.
	 * @return the number, from 1
	 */
	int attempt();

	/**
	 * Says that the work on the message begins now. A delivery that nobody has begun may
	 * be taken back by its source at any time, for example when the source stops.
	 * @return {@code false} if the delivery was settled or taken back before, or if the
	 * time is over for which the source could keep the message: leave it alone
	 */
	boolean begin();

	/**
	 * Says that the work on this delivery waits for that on another one, such as the one
	 * before it in its group: until {@link #unpark()}, it takes none of the places that
	 * its source has for deliveries. By default, nothing changes.
	 */
	default void park() {
	}

	/**
	 * Says that the work on this delivery need wait no longer.
	 * @return {@code false} if it was parked, but was settled or taken back since: leave
	 * it alone
	 */
	default boolean unpark() {
		return true;
	}

	/**
	 * Whether the source could not keep the message for us while it was worked on.
	 * @return {@code true} from then on; whoever settles the delivery is refused
	 */
	@Override
	boolean isLost();

	/**
	 * Sets the action that runs when the delivery is lost, at once if it was lost before.
	 * @param action the action, quick and without blocking; it takes the place of the one
	 * that was set before
	 */
	void onLost(Runnable action);

	/**
	 * Acknowledges: the message is done with.
	 */
	void ack();

	/**
	 * Acknowledges a message that was not handled, because it can never be: it has become
	 * a dead letter, which has arrived.
	 * @param reason the code of the reason why it can never be handled
	 */
	default void ackDeadLetter(String reason) {
		ack();
	}

	/**
	 * Hands the message back, to be delivered again.
	 * @param delay the delay of the next delivery; zero means at once, {@code null}
	 * leaves it to the back-off policy
	 */
	void nack(@Nullable Duration delay);

	/**
	 * Hands back a message that was not tried, to be delivered again: as far as the
	 * source can tell, the next delivery is the same {@link #attempt()}.
	 * @param delay the delay of the next delivery; zero means at once, {@code null}
	 * leaves it to the back-off policy
	 */
	default void release(@Nullable Duration delay) {
		nack(delay);
	}

	/**
	 * Hands back a message that no later delivery can mend, such as one that is
	 * malformed. A queue delivers it again, for its redrive policy to deal with; a source
	 * that has no such policy may give it up.
	 * @param reason the code of the reason why it can never be handled
	 */
	default void reject(String reason) {
		nack(null);
	}

	/**
	 * Gives up a delivery because the work on it does not end: it is lost to whoever has
	 * begun it, and the message is handed back.
	 * @return {@code false} if nobody has begun it, if it was settled or lost before, or
	 * if the source cannot do that, as by default
	 */
	default boolean abandon() {
		return false;
	}

	/**
	 * The end of the delivery.
	 * @return a stage that completes, never with an exception, when the source has
	 * carried out the settlement
	 */
	CompletionStage<Settlement> settled();

	/**
	 * Works on the message and settles it by what happens: acknowledges when the body
	 * returns, hands the message back when it throws, with the delay of a
	 * {@link NackException} or else that of the back-off policy. What the body has
	 * settled itself stays as it is.
	 * @param body the work
	 * @param <R> the type of the result
	 * @return the result of the body
	 * @throws IllegalStateException if {@link #begin()} says no
	 * @throws Exception an exception of the body
	 */
	default <R> R use(Body<R> body) throws Exception {
		if (!begin()) {
			throw new IllegalStateException(
					"the delivery of message " + message().id() + " was settled or lost before");
		}
		try {
			R result = body.apply(this);
			ack();
			return result;
		}
		catch (NackException ex) {
			nack(ex.delay());
			throw ex;
		}
		finally {
			close();
		}
	}

	/**
	 * Hands the message back with the delay of the back-off policy, unless it was settled
	 * before.
	 */
	@Override
	default void close() {
		nack(null);
	}

	/**
	 * The work on one delivery.
	 *
	 * @param <R> the type of the result
	 */
	@FunctionalInterface
	interface Body<R> {

		/**
		 * Does the work.
		 * @param delivery the delivery
		 * @return the result of the work
		 * @throws Exception if the work fails
		 */
		R apply(Delivery delivery) throws Exception;

	}

}
