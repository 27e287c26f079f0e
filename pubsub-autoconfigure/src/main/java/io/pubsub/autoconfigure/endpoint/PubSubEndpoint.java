package io.pubsub.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.pubsub.MediaType;
import io.pubsub.autoconfigure.health.DaemonWatch;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows what is published and consumed here, pauses and resumes the consumer, and changes
 * its concurrency and its rate.
 */
@Endpoint(id = "pubsub")
final class PubSubEndpoint {

	private static final String RATE_USAGE = "give a number and s, m or h, such as in max-rate/50/s;"
			+ " DELETE max-rate ends the limit";

	private final SchemaRegistry schemas;

	private final OutcomeHistory history;

	private final ObjectProvider<HandlerRegistry> handlers;

	private final ObjectProvider<TopicRouter> topics;

	private final ObjectProvider<HandlerCircuits> circuits;

	private final @Nullable DaemonWatch watch;

	PubSubEndpoint(SchemaRegistry schemas, OutcomeHistory history, ObjectProvider<HandlerRegistry> handlers,
			ObjectProvider<TopicRouter> topics, ObjectProvider<HandlerCircuits> circuits, @Nullable DaemonWatch watch) {
		this.schemas = schemas;
		this.history = history;
		this.handlers = handlers;
		this.topics = topics;
		this.circuits = circuits;
		this.watch = watch;
	}

	@ReadOperation
	Description describe() {
		return new Description(consumer(), schemas(), handlers(), topics(), this.history.counts(),
				this.history.failures(), circuits());
	}

	private Map<String, String> circuits() {
		HandlerCircuits available = this.circuits.getIfAvailable();
		return (available != null) ? available.states() : Map.of();
	}

	@WriteOperation
	@Nullable Consumer control(@Selector Action action) {
		if (this.watch != null) {
			control(this.watch.daemon(), action);
		}
		return consumer();
	}

	private static void control(ConsumerDaemon daemon, Action action) {
		switch (action) {
			case PAUSE -> daemon.pause();
			case RESUME -> daemon.resume();
		}
	}

	// A parameter that is no selector would make a body necessary, also for a pause.
	@WriteOperation
	@Nullable Consumer change(@Selector Setting setting, @Selector int value) {
		if (setting == Setting.MAX_RATE) {
			throw new InvalidEndpointRequestException("max-rate must have a unit", RATE_USAGE);
		}
		if (value < 1 || value > Receiver.MAX_CONCURRENCY) {
			String range = "from 1 to " + Receiver.MAX_CONCURRENCY;
			throw new InvalidEndpointRequestException("concurrency must be %s, not %d".formatted(range, value),
					"use a number %s, such as in concurrency/20".formatted(range));
		}
		if (this.watch != null) {
			this.watch.daemon().concurrency(value);
		}
		return consumer();
	}

	@WriteOperation
	@Nullable Consumer changeRate(@Selector Setting setting, @Selector String messages, @Selector String unit) {
		checkRate(setting);
		return maxRate(rate(messages + "/" + unit));
	}

	@DeleteOperation
	@Nullable Consumer removeRate(@Selector Setting setting) {
		checkRate(setting);
		return maxRate(null);
	}

	private static void checkRate(Setting setting) {
		if (setting != Setting.MAX_RATE) {
			throw new InvalidEndpointRequestException("concurrency must be a number", "such as in concurrency/20");
		}
	}

	private static Rate rate(String text) {
		try {
			return Rate.valueOf(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), RATE_USAGE);
		}
	}

	private @Nullable Consumer maxRate(@Nullable Rate rate) {
		if (this.watch != null) {
			this.watch.daemon().maxRate(rate);
		}
		return consumer();
	}

	private @Nullable Consumer consumer() {
		DaemonWatch watch = this.watch;
		return (watch != null) ? new Consumer(watch.condition().toString(), watch.daemon().haltReason(),
				watch.haltProperty(), watch.daemon().concurrency(), text(watch.daemon().maxRate()),
				watch.daemon().inFlight(), watch.daemon().lastProgress()) : null;
	}

	private static @Nullable String text(@Nullable Rate rate) {
		return (rate != null) ? rate.toString() : null;
	}

	private Map<String, String> schemas() {
		Map<String, String> names = new TreeMap<>();
		this.schemas.schemas().forEach((mediaType, schema) -> names.put(mediaType.value(), schema.getName()));
		return names;
	}

	private Map<String, String> handlers() {
		Map<String, String> names = new TreeMap<>();
		this.handlers.ifAvailable((registry) -> {
			for (Handler handler : registry.handlers()) {
				names.put(handler.mediaType().value(), handler.name());
			}
		});
		return names;
	}

	private Map<String, String> topics() {
		Map<String, String> routes = new TreeMap<>();
		this.topics.ifAvailable((router) -> {
			for (MediaType mediaType : this.schemas.schemas().keySet()) {
				String topic = mediaType.isPattern() ? null : route(router, mediaType);
				if (topic != null) {
					routes.put(mediaType.value(), topic);
				}
			}
		});
		return routes;
	}

	private static @Nullable String route(TopicRouter router, MediaType mediaType) {
		try {
			return router.route(mediaType);
		}
		catch (NoTopicException ex) {
			return null;
		}
	}

	/**
	 * What can be done to the consumer.
	 */
	enum Action {

		/** Ask for no more messages. */
		PAUSE,

		/** End a pause or a halt. */
		RESUME

	}

	/**
	 * What can be changed of the consumer.
	 */
	enum Setting {

		/** How many messages are handled at once. */
		CONCURRENCY,

		/** How many messages are handled in a time. */
		MAX_RATE

	}

	/**
	 * All there is to see.
	 *
	 * @param consumer the consumer, if there is one
	 * @param schemas the classes of the registered media types
	 * @param handlers the handlers by media type
	 * @param topics the topics to which registered media types are published
	 * @param outcomes the numbers of deliveries by registered media type and outcome
	 * @param failures the last failures, the newest first
	 * @param circuits the states of the circuit breakers by handler, of those that have
	 * got a message
	 */
	record Description(@Nullable Consumer consumer, Map<String, String> schemas, Map<String, String> handlers,
			Map<String, String> topics, Map<String, Map<String, Long>> outcomes, List<OutcomeHistory.Failure> failures,
			Map<String, String> circuits) {

	}

	/**
	 * How the consumer is doing.
	 *
	 * @param state the condition of the consumer
	 * @param haltReason the reason for the halt, if it has halted
	 * @param haltProperty the property that sets the limit of dead letters which is
	 * exceeded, if one is
	 * @param concurrency the number of messages that are handled at once, if the consumer
	 * knows it
	 * @param maxRate the number of messages that may be handled in a time, such as 200/s,
	 * if there is such a limit
	 * @param inFlight the number of messages that are handed over and not settled
	 * @param lastProgress the time when one was last handed over, begun or settled
	 */
	record Consumer(String state, @Nullable String haltReason, @Nullable String haltProperty,
			@Nullable Integer concurrency, @Nullable String maxRate, int inFlight, Instant lastProgress) {

	}

}
