package io.pubsub.console;

import org.jspecify.annotations.Nullable;

/**
 * A request and its response, as far as an endpoint of the actuator does not see them.
 */
interface Exchange {

	/**
	 * A header of the request.
	 * @param name the name
	 * @return the first value; {@code null} if there is none
	 */
	@Nullable String header(String name);

	/**
	 * The address that the request comes from.
	 * @return the address, or something that says that it is not known
	 */
	String remoteAddress();

	/**
	 * The name and the port that the request was sent to.
	 * @return both, with a colon between them; the name alone at the port of the scheme
	 */
	String host();

	/**
	 * Sets a header of the response.
	 * @param name the name
	 * @param value the value
	 */
	void setHeader(String name, String value);

	/**
	 * The token that requests which change something must have.
	 * @return the token; {@code null} if there is none
	 */
	Snapshot.@Nullable Csrf csrf();

}
