package io.pubsub.pipeline;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.pubsub.MessageContext;
import io.pubsub.dispatch.internal.LogFields;

/**
 * What was derived from something and has not ended: it ends when the last of it has.
 * <p>
 * It begins with a count of one, for the thing itself. Whoever derives more counts that
 * first, and hands it on then; so the count cannot reach zero before the last leaf. Safe
 * for use by many threads.
 */
abstract sealed class Lineage permits Origin, Joint {

	private static final AtomicIntegerFieldUpdater<Lineage> OPEN = AtomicIntegerFieldUpdater.newUpdater(Lineage.class,
			"open");

	private volatile int open = 1;

	/**
	 * Counts what is about to be derived.
	 * @param children the number
	 */
	final void fork(int children) {
		OPEN.addAndGet(this, children);
	}

	/**
	 * Says that leaves have ended, however.
	 * @param leaves the number
	 */
	final void end(int leaves) {
		if (OPEN.addAndGet(this, -leaves) == 0) {
			ended();
		}
	}

	/**
	 * Notes that a leaf has failed, without ending it.
	 * @param failure the failure
	 */
	abstract void note(Failure failure);

	/**
	 * Notes that a leaf ends well without having been worked on to the end.
	 * @param rest the way in which it ends
	 */
	abstract void note(Rest rest);

	/**
	 * Ends all of it at once, although leaves are open: the engine itself has failed.
	 * @param failure the failure
	 */
	abstract void breakOff(Failure failure);

	/**
	 * Whether what has not begun need not begin any more: all of it will come again, or
	 * is somebody else's.
	 * @return {@code true} from then on
	 */
	abstract boolean isOver();

	/**
	 * Whether the source could not keep the messages, which it is asked for.
	 * @return {@code true} if it could keep none of them
	 */
	abstract boolean isLost();

	/**
	 * Whether a failure is final, because it is the last attempt.
	 * @return {@code true} if so for all of the messages
	 */
	abstract boolean isLastAttempt();

	/**
	 * The context for the user's functions.
	 * @return the context
	 */
	abstract MessageContext context();

	/**
	 * Counts the elements of a message that have failed for good and are the same.
	 * @param id their id
	 * @return the number of them until now, from 1
	 */
	abstract int countFailed(String id);

	/**
	 * The fields for the log lines of the user's functions.
	 * @return the fields, not to be changed
	 */
	abstract LogFields logFields();

	/**
	 * The surroundings for the user's functions, such as the observation of the message.
	 * @return the scope, to be closed on the same thread
	 */
	abstract AutoCloseable openScope();

	/**
	 * The last leaf has ended.
	 */
	abstract void ended();

	/**
	 * How a leaf ends well without having been worked on to the end.
	 */
	enum Rest {

		/** Nobody is interested in it. */
		IGNORED,

		/** There is nothing to do. */
		SKIPPED,

		/** It was worked on. */
		DONE

	}

}
