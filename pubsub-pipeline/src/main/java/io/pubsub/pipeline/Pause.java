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

	private final Crew crew;

	/**
	 * Makes a pause of the calling carrier.
	 * @param crew the crew of the run
	 */
	Pause(Crew crew) {
		this.crew = crew;
		crew.paused();
	}

	/**
	 * Ends the pause. For any thread.
	 */
	void end() {
		// Counted before the carrier wakes up, so that there is no moment at which all is
		// idle.
		if (this.ended.compareAndSet(false, true)) {
			this.crew.resumed();
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
