package io.pubsub.source;

import org.jspecify.annotations.Nullable;

/**
 * One line of an input.
 *
 * @param number its number, from 1
 * @param text its text, without the end of the line; empty if there is a fault
 * @param fault the fault that makes the line unreadable, if there is one
 */
record Line(long number, String text, @Nullable String fault) {

	boolean isBlank() {
		return this.fault == null && this.text.isBlank();
	}

	/**
	 * Names the line without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "Line[" + this.number + "]";
	}

}
