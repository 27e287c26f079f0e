package io.pubsub.console;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the page draws. Times are milliseconds, those of handling microseconds.
 *
 * @param instance the process that is shown
 * @param access the things that the reader may do
 * @param now the present, since 1970
 * @param from the begin of the oldest slot, since 1970
 * @param step the length of a slot
 * @param consumers the consumers, that of the handlers first
 * @param handlers the handlers
 * @param topics the topics
 * @param failures the last failures, the latest first
 */
record Snapshot(Instance instance, Access access, long now, long from, long step, List<Consumer> consumers,
		List<Handler> handlers, List<Topic> topics, List<Recorder.Failure> failures) {

	/**
	 * The process that is shown.
	 *
	 * @param application the name of the application
	 * @param host the name of the machine
	 * @param process the id of the process
	 * @param startedAt the time of its start
	 */
	record Instance(String application, String host, long process, long startedAt) {

	}

	/**
	 * The things that the reader may do.
	 *
	 * @param user the name of the user; {@code null} if nobody asks for one
	 * @param writable whether consumers and dead letters may be changed
	 * @param showContent whether the content of a dead letter may be shown
	 * @param actions the names of what may be asked for
	 * @param csrf the token that a request must have; {@code null} if none
	 */
	record Access(@Nullable String user, boolean writable, boolean showContent, List<String> actions,
			@Nullable Csrf csrf) {

	}

	/**
	 * A token against forged requests.
	 *
	 * @param header the name of the header
	 * @param token the value
	 */
	record Csrf(String header, String token) {

	}

	/**
	 * A consumer.
	 *
	 * @param name the name
	 * @param pipeline whether it is a pipeline
	 * @param source the address that it consumes, if known
	 * @param state the condition
	 * @param haltReason the reason for the halt, if it has halted
	 * @param haltProperty the property that sets the limit which is exceeded, if one is
	 * @param concurrency the messages that are handled at once at most, if known
	 * @param maxRate the messages that may begin in a time, such as 200/s, if limited
	 * @param inFlight the messages in flight
	 * @param idle the time since something has moved
	 * @param circuit the state of the circuit of a pipeline, if it has one
	 * @param track the past
	 * @param inFlightHistory the messages in flight, by slot
	 * @param queue the queue that it consumes, if it can be asked
	 * @param graph the stages of a pipeline
	 */
	record Consumer(String name, boolean pipeline, @Nullable String source, String state, @Nullable String haltReason,
			@Nullable String haltProperty, @Nullable Integer concurrency, @Nullable String maxRate, int inFlight,
			long idle, @Nullable String circuit, Track.History track, List<@Nullable Long> inFlightHistory,
			@Nullable Queue queue, @Nullable Graph graph) {

	}

	/**
	 * A queue.
	 *
	 * @param depth the messages that wait in it, by slot
	 */
	record Queue(List<@Nullable Long> depth) {

	}

	/**
	 * A handler.
	 *
	 * @param name the name
	 * @param mediaType the media type that it handles
	 * @param circuit the state of its circuit, if it has one that has got a message
	 * @param track the past
	 */
	record Handler(String name, String mediaType, @Nullable String circuit, Track.History track) {

	}

	/**
	 * A topic, or another place that is published to.
	 *
	 * @param name the address
	 * @param mediaTypes the media types that are routed there
	 * @param track the past
	 */
	record Topic(String name, List<String> mediaTypes, Track.History track) {

	}

}
