package io.pubsub.console;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.circuit.CircuitStates;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.health.DaemonWatch;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Looks at all that the console shows.
 */
final class Surveyor {

	private final Recorder recorder;

	private final Gauges gauges;

	private final ObjectProvider<Daemons> daemons;

	private final ObjectProvider<HandlerRegistry> handlers;

	private final ObjectProvider<CircuitStates> circuits;

	private final ObjectProvider<Graphs> graphs;

	private final ObjectProvider<TopicRouter> topics;

	private final SchemaRegistry schemas;

	private final PubSubProperties properties;

	private final Timekeeper time;

	Surveyor(Recorder recorder, Gauges gauges, ObjectProvider<Daemons> daemons,
			ObjectProvider<HandlerRegistry> handlers, ObjectProvider<CircuitStates> circuits,
			ObjectProvider<Graphs> graphs, ObjectProvider<TopicRouter> topics, SchemaRegistry schemas,
			PubSubProperties properties, Timekeeper time) {
		this.recorder = recorder;
		this.gauges = gauges;
		this.daemons = daemons;
		this.handlers = handlers;
		this.circuits = circuits;
		this.graphs = graphs;
		this.topics = topics;
		this.schemas = schemas;
		this.properties = properties;
		this.time = time;
	}

	Snapshot look(Snapshot.Instance instance, Snapshot.Access access) {
		long newest = Slots.at(this.time.now());
		return new Snapshot(instance, access, this.time.now().toEpochMilli(), Slots.millis(Slots.oldest(newest)),
				Slots.LENGTH.toMillis(), consumers(newest), handlers(newest), topics(newest), this.recorder.failures());
	}

	private List<Snapshot.Consumer> consumers(long newest) {
		return this.daemons.stream()
			.flatMap((all) -> all.all().stream())
			.map((managed) -> consumer(managed, newest))
			.toList();
	}

	private Snapshot.Consumer consumer(ManagedDaemon managed, long newest) {
		String name = managed.name();
		ConsumerDaemon daemon = managed.daemon();
		DaemonWatch watch = new DaemonWatch(daemon, this.properties.health().stuckAfter(), managed.limit());
		boolean pipeline = !name.equals(ManagedDaemon.HANDLERS);
		return new Snapshot.Consumer(name, pipeline, managed.source(), watch.condition().toString(),
				daemon.haltReason(), watch.haltProperty(), daemon.concurrency(),
				(daemon.maxRate() != null) ? daemon.maxRate().toString() : null, daemon.inFlight(),
				daemon.idleTime().toMillis(), pipeline ? circuits(name).get(name) : null,
				this.recorder.consumers().get(name).history(newest),
				this.gauges.history(Sampler.inFlight(name), newest), queue(name, newest), graph(managed));
	}

	private Snapshot.@Nullable Queue queue(String consumer, long newest) {
		List<@Nullable Long> depth = this.gauges.history(DepthProbe.name(consumer), newest);
		return depth.stream().anyMatch((value) -> value != null) ? new Snapshot.Queue(depth) : null;
	}

	private @Nullable Graph graph(ManagedDaemon managed) {
		Graphs available = this.graphs.getIfAvailable();
		return (available != null) ? available.of(managed) : null;
	}

	private Map<String, String> circuits(String consumer) {
		Map<String, String> states = new TreeMap<>();
		this.circuits.stream().forEach((each) -> states.putAll(each.of(consumer)));
		return states;
	}

	private List<Snapshot.Handler> handlers(long newest) {
		Map<String, String> states = circuits(ManagedDaemon.HANDLERS);
		return this.handlers.stream()
			.flatMap((registry) -> registry.handlers().stream())
			.map((handler) -> new Snapshot.Handler(handler.name(), handler.mediaType().value(),
					states.get(handler.name()), this.recorder.handlers().get(handler.name()).history(newest)))
			.sorted(Comparator.comparing(Snapshot.Handler::name))
			.toList();
	}

	private List<Snapshot.Topic> topics(long newest) {
		Map<String, TreeSet<String>> mediaTypes = new TreeMap<>();
		this.recorder.topics().all().keySet().forEach((topic) -> mediaTypes.put(topic, new TreeSet<>()));
		this.topics.ifAvailable((router) -> routed().forEach((mediaType) -> {
			String topic = route(router, mediaType);
			if (topic != null) {
				mediaTypes.computeIfAbsent(topic, (key) -> new TreeSet<>()).add(mediaType.value());
			}
		}));
		return mediaTypes.entrySet()
			.stream()
			.map((entry) -> new Snapshot.Topic(entry.getKey(), List.copyOf(entry.getValue()),
					this.recorder.topics().get(entry.getKey()).history(newest)))
			.toList();
	}

	private Stream<MediaType> routed() {
		return this.schemas.schemas().keySet().stream().filter((mediaType) -> !mediaType.isPattern());
	}

	private static @Nullable String route(TopicRouter router, MediaType mediaType) {
		try {
			return router.route(mediaType);
		}
		catch (NoTopicException ex) {
			return null;
		}
	}

}
