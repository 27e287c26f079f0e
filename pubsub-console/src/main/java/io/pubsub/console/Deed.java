package io.pubsub.console;

import java.util.Map;
import java.util.function.Function;

/**
 * Something that the page can ask for.
 *
 * @param changes whether it changes something, and does not only look
 * @param carryOut does it, and returns what the page is told
 */
record Deed(boolean changes, Function<Order, Object> carryOut) {

	static Deed look(Function<Order, Object> carryOut) {
		return new Deed(false, carryOut);
	}

	static Deed change(Function<Order, Object> carryOut) {
		return new Deed(true, carryOut);
	}

	/**
	 * Knows deeds by the names of their actions.
	 */
	@FunctionalInterface
	interface Catalog {

		/**
		 * The deeds.
		 * @return the deeds, always the same
		 */
		Map<String, Deed> deeds();

	}

}
