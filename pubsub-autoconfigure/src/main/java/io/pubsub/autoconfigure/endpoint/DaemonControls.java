package io.pubsub.autoconfigure.endpoint;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * What operators do to a daemon, with the errors that tell them how.
 */
final class DaemonControls {

	private static final String RATE_USAGE = "give a number and s, m or h, such as in max-rate/50/s;"
			+ " DELETE max-rate ends the limit";

	private DaemonControls() {
	}

	static void run(ConsumerDaemon daemon, Action action) {
		switch (action) {
			case PAUSE -> daemon.pause();
			case RESUME -> daemon.resume();
		}
	}

	/**
	 * Checks a number before it is used.
	 * @param setting the setting that it is for
	 * @param value the number
	 * @return the number
	 * @throws InvalidEndpointRequestException if it is not one of the concurrency
	 */
	static int concurrency(Setting setting, int value) {
		if (setting == Setting.MAX_RATE) {
			throw new InvalidEndpointRequestException("max-rate must have a unit", RATE_USAGE);
		}
		if (value < 1 || value > Receiver.MAX_CONCURRENCY) {
			String range = "from 1 to " + Receiver.MAX_CONCURRENCY;
			throw new InvalidEndpointRequestException("concurrency must be %s, not %d".formatted(range, value),
					"use a number %s, such as in concurrency/20".formatted(range));
		}
		return value;
	}

	static Rate rate(Setting setting, String messages, String unit) {
		checkRate(setting);
		try {
			return Rate.valueOf(messages + "/" + unit);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), RATE_USAGE);
		}
	}

	static void checkRate(Setting setting) {
		if (setting != Setting.MAX_RATE) {
			throw new InvalidEndpointRequestException("concurrency must be a number", "such as in concurrency/20");
		}
	}

	static @Nullable String text(@Nullable Rate rate) {
		return (rate != null) ? rate.toString() : null;
	}

	/**
	 * What can be done to a consumer.
	 */
	enum Action {

		/** Ask for no more messages. */
		PAUSE,

		/** End a pause or a halt. */
		RESUME

	}

	/**
	 * What can be changed of a consumer.
	 */
	enum Setting {

		/** The number of messages that are handled at once. */
		CONCURRENCY,

		/** The number of messages that are handled in a time. */
		MAX_RATE

	}

}
