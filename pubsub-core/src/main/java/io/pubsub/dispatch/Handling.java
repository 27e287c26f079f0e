package io.pubsub.dispatch;

import java.util.concurrent.Callable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The work on one message by the thread that makes this, which can be interrupted from
 * outside. The thread is interrupted only while it does the work, and no interrupt is
 * left over for what it does next.
 */
final class Handling {

	private final Thread thread = Thread.currentThread();

	@GuardedBy("this")
	private Runnable atEnd = () -> {
	};

	@GuardedBy("this")
	private boolean ended;

	@GuardedBy("this")
	private @Nullable HandlingInterruptedException interruption;

	/**
	 * Interrupts the work. Only the first reason counts.
	 * @param interruption the reason
	 * @return {@code false} if it has ended or was interrupted before
	 */
	synchronized boolean interrupt(HandlingInterruptedException interruption) {
		if (this.ended || this.interruption != null) {
			return false;
		}
		this.interruption = interruption;
		this.thread.interrupt();
		return true;
	}

	/**
	 * Sets what is done when the work has ended, however; at once if it has.
	 * @param action the action, which takes the place of the one before
	 */
	synchronized void onEnd(Runnable action) {
		this.atEnd = action;
		if (this.ended) {
			action.run();
		}
	}

	/**
	 * Does the work, unless it was interrupted before.
	 * @param work the work
	 * @param <T> the type of its result
	 * @return the result of the work
	 * @throws HandlingInterruptedException if the work was interrupted, whatever it made
	 * of that
	 * @throws Exception any other exception of the work
	 */
	<T> T call(Callable<T> work) throws Exception {
		T result;
		try {
			insistNotInterrupted();
			result = work.call();
		}
		catch (Exception | Error ex) {
			end(ex);
			throw ex;
		}
		end(null);
		return result;
	}

	// Somebody else may have the message by now.
	private synchronized void insistNotInterrupted() throws InterruptedException {
		if (this.interruption != null) {
			throw new InterruptedException("before the work began");
		}
	}

	/**
	 * Ends an interrupt that does not come from here, but was left by the code of others,
	 * so that it does not break what comes next for this message.
	 */
	synchronized void endForeignInterrupt() {
		if (this.interruption == null) {
			Thread.interrupted();
		}
	}

	private void end(@Nullable Throwable consequence) throws HandlingInterruptedException {
		HandlingInterruptedException interrupted = end();
		if (interrupted != null) {
			interrupted.initCause(consequence);
			throw interrupted;
		}
	}

	private synchronized @Nullable HandlingInterruptedException end() {
		this.ended = true;
		this.atEnd.run();
		if (this.interruption != null) {
			Thread.interrupted();
		}
		return this.interruption;
	}

}
