package io.pubsub.console;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;

/**
 * The address of the console, below that of the actuator.
 *
 * @param mappers the rules that change addresses, this one included
 */
record ConsolePath(ObjectProvider<PathMapper> mappers) {

	private static final EndpointId ENDPOINT = EndpointId.of(ConsoleEndpoint.ID);

	private static final String PATH = "pubsub-console";

	/**
	 * The rule that gives its address a hyphen, which its id cannot have.
	 * @return the rule
	 */
	static PathMapper mapper() {
		return (id) -> id.equals(ENDPOINT) ? PATH : null;
	}

	/**
	 * The last part of the address.
	 * @return the part, without a slash
	 */
	String directory() {
		String path = PathMapper.getRootPath(this.mappers.orderedStream().toList(), ENDPOINT);
		return path.substring(path.lastIndexOf('/') + 1);
	}

}
