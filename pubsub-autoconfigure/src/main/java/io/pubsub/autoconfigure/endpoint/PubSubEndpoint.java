package io.pubsub.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.pubsub.MediaType;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Action;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Setting;
import io.pubsub.autoconfigure.health.DaemonWatch;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
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
			DaemonControls.run(this.watch.daemon(), action);
		}
		return consumer();
	}

	// A parameter that is no selector would make a body necessary, also for a pause.
	@WriteOperation
	@Nullable Consumer change(@Selector Setting setting, @Selector int value) {
		int concurrency = DaemonControls.concurrency(setting, value);
		if (this.watch != null) {
			this.watch.daemon().concurrency(concurrency);
		}
		return consumer();
	}

	@WriteOperation
	@Nullable Consumer changeRate(@Selector Setting setting, @Selector String messages, @Selector String unit) {
		return maxRate(DaemonControls.rate(setting, messages, unit));
	}

	@DeleteOperation
	@Nullable Consumer removeRate(@Selector Setting setting) {
		DaemonControls.checkRate(setting);
		return maxRate(null);
	}

	private @Nullable Consumer maxRate(@Nullable Rate rate) {
		if (this.watch != null) {
			this.watch.daemon().maxRate(rate);
		}
		return consumer();
	}

	private @Nullable Consumer consumer() {
		return (this.watch != null) ? Consumer.of(this.watch) : null;
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

}
