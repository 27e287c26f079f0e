package io.pubsub.autoconfigure.health;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs where the threads of a stuck consumer are, once until it goes on: the platform
 * ends the process soon, and the stacks with it. Safe for use by many threads.
 */
final class StuckReport {

	private static final Logger logger = LoggerFactory.getLogger(StuckReport.class);

	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	/**
	 * Takes note of the condition of a daemon.
	 * @param daemon the daemon
	 * @param stuck whether it is stuck
	 */
	void note(ManagedDaemon daemon, boolean stuck) {
		if (!stuck) {
			this.reported.remove(daemon.name());
		}
		else if (this.reported.add(daemon.name())) {
			logger.error("The consumer '{}' is stuck: {} messages are in flight, and nothing has moved for {}.{}",
					daemon.name(), daemon.daemon().inFlight(), daemon.daemon().idleTime(),
					stacks(daemon.daemon().threads()));
		}
	}

	private static String stacks(Collection<Thread> threads) {
		StringBuilder stacks = new StringBuilder();
		for (Thread thread : threads) {
			stacks.append("%n%s (%s)".formatted(thread.getName(), thread.getState()));
			for (StackTraceElement element : thread.getStackTrace()) {
				stacks.append("%n\tat %s".formatted(element));
			}
		}
		return stacks.toString();
	}

}
