package io.pubsub.console;

import org.jspecify.annotations.Nullable;

/**
 * Keeps other pages from sending orders with the rights of somebody who reads them.
 *
 * @param writable whether anything may be changed
 */
record Guard(boolean writable) {

	/**
	 * A header that only a page of this server can send without being asked for it first.
	 */
	static final String HEADER = "X-PubSub-Console";

	private static final int UNSUPPORTED_MEDIA_TYPE = 415;

	/**
	 * Lets an order pass, or not.
	 * @param deed the thing that it asks for
	 * @param exchange the request
	 * @throws RefusedException if it may not pass
	 */
	void check(Deed deed, Exchange exchange) {
		String type = exchange.header("Content-Type");
		if (!isJson(type)) {
			throw new RefusedException(UNSUPPORTED_MEDIA_TYPE,
					"An order is JSON: send Content-Type: application/json.");
		}
		if (exchange.header(HEADER) == null) {
			throw new RefusedException(Reply.FORBIDDEN, "An order needs the header " + HEADER + ": 1.");
		}
		if (!Origins.isOwn(exchange)) {
			throw new RefusedException(Reply.FORBIDDEN,
					"The order comes from a page of another server. Behind a proxy, let it send X-Forwarded-Host.");
		}
		if (deed.changes() && !this.writable) {
			throw new RefusedException(Reply.FORBIDDEN,
					"This console only shows. Set pubsub.console.writable=true to change something with it.");
		}
	}

	private static boolean isJson(@Nullable String type) {
		return type != null && (type.equals("application/json") || type.startsWith("application/json;"));
	}

}
