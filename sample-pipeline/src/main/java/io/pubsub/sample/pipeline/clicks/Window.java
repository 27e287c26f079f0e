package io.pubsub.sample.pipeline.clicks;

import java.time.Duration;
import java.time.Instant;

/**
 * A page in a window of time.
 *
 * @param page the page
 * @param from the begin of the window
 */
record Window(String page, Instant from) {

	/**
	 * The window of a click.
	 * @param click the click
	 * @param length the length of all windows, which stand side by side
	 * @return the window
	 */
	static Window of(Click click, Duration length) {
		long millis = click.at().toEpochMilli();
		return new Window(click.page(), Instant.ofEpochMilli(millis - Math.floorMod(millis, length.toMillis())));
	}

}
