package io.pubsub.console;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import org.jspecify.annotations.Nullable;

/**
 * Draws the graphs of pipelines.
 */
@FunctionalInterface
interface Graphs {

	/**
	 * The graph of what a daemon runs.
	 * @param daemon the daemon
	 * @return the graph; {@code null} if it is no pipeline
	 */
	@Nullable Graph of(ManagedDaemon daemon);

}
