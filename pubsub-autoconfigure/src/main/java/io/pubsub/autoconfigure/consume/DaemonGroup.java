package io.pubsub.autoconfigure.consume;

import java.util.List;

/**
 * Daemons that run beside the one of the handlers. Implemented by what has receivers of
 * another kind.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DaemonGroup {

	/**
	 * The daemons.
	 * @return the daemons, always the same
	 */
	List<ManagedDaemon> daemons();

}
