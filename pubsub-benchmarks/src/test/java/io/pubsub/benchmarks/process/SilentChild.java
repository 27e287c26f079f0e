package io.pubsub.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that never has a result: it crashes if it is told so, and hangs otherwise.
 */
public final class SilentChild {

	static final String CRASH = "crash";

	private SilentChild() {
	}

	/**
	 * Crash or hang.
	 * @param args {@link #CRASH}, or anything else
	 */
	public static void main(String[] args) {
		Signal.READY.send("as can be");
		if (CRASH.equals(args[0])) {
			throw new IllegalStateException("this went wrong");
		}
		Parent.endWithParent();
		LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
	}

}
