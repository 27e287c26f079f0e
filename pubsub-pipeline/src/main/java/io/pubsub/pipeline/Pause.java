package io.pubsub.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The time for which a carrier waits before it tries again. The run counts it as idle
 * meanwhile.
 */
final class Pause {

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Run run;

	/**
	 * Makes a pause of the calling carrier.
	 * @param run the run
	 */
	Pause(Run run) {
		this.run = run;
		run.paused();
	}

	/**
	 * Ends the pause. For any thread.
	 */
	void end() {
		// Counted before the carrier wakes up, so that there is no moment at which all is
		// idle.
		if (this.ended.compareAndSet(false, true)) {
			this.run.resumed();
			this.end.countDown();
		}
	}

	/**
	 * Waits until the pause ends, or the carrier is interrupted.
	 * @param wanted whether to wait at all
	 */
	void await(boolean wanted) {
		try {
			if (wanted) {
				this.end.await();
			}
		}
		catch (InterruptedException ex) {
			// Whoever has interrupted it has also said why.
		}
		finally {
			end();
		}
	}

}
