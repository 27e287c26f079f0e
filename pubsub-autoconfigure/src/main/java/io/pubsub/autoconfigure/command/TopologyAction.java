package io.pubsub.autoconfigure.command;

import java.util.Map;

/**
 * Something that is done with the topology.
 */
@FunctionalInterface
interface TopologyAction {

	/**
	 * The properties that its options stand for.
	 * @return the properties
	 */
	Map<String, Object> properties();

}
