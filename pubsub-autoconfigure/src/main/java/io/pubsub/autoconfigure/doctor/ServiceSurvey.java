package io.pubsub.autoconfigure.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.autoconfigure.PipelineProperties;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.aws.topology.Consumption;
import io.pubsub.aws.topology.ServiceFacts;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Gathers what the service says of itself.
 *
 * @param properties the properties of all
 * @param daemons the daemons, if something is consumed
 * @param handlers the handlers, if there are any
 * @param pipelines the media types of pipelines, if there are any
 * @param schemas the schemas
 * @param topics the topics by media type, if something is published
 * @param times the times of handlers, if they are measured
 * @param name the name of the service
 */
record ServiceSurvey(PubSubProperties properties, ObjectProvider<Daemons> daemons,
		ObjectProvider<HandlerRegistry> handlers, ObjectProvider<PipelineTypes> pipelines, SchemaRegistry schemas,
		ObjectProvider<TopicRouter> topics, ObjectProvider<HandlingTimes> times, String name) {

	private static final Set<String> BARE = Set.of("raw", "naive");

	// With another envelope, the media type is not where a filter policy looks for it.
	private static final Set<String> OWN = Set.of("codec", "raw");

	ServiceFacts facts() {
		Publications published = new Publications(this.properties.producer(), this.schemas,
				this.topics.getIfAvailable());
		return new ServiceFacts(this.name, consumptions(published), published.byAddress(),
				this.properties.producer().maxMessageBytes(),
				new SchemaSurvey(this.schemas, handled().toList()).odd(published.byAddress()), new PropertyNames());
	}

	private Stream<Handler> handled() {
		return this.handlers.stream().flatMap((registry) -> registry.handlers().stream());
	}

	private List<Consumption> consumptions(Publications published) {
		List<ManagedDaemon> consuming = this.daemons.stream()
			.flatMap((daemons) -> daemons.all().stream())
			.filter((daemon) -> daemon.source() != null && InputAddress.isQueue(daemon.source()))
			.toList();
		return consuming.stream().map((daemon) -> consumption(daemon, published, consuming.size() == 1)).toList();
	}

	private Consumption consumption(ManagedDaemon daemon, Publications published, boolean only) {
		PubSubProperties.Consumer all = this.properties.consumer();
		PipelineProperties own = this.properties.pipelines().get(daemon.name());
		boolean handles = daemon.name().equals(ManagedDaemon.HANDLERS);
		Map<MediaType, String> handlers = OWN.contains(envelope(own)) ? handlers(daemon.name(), handles) : Map.of();
		return new Consumption(daemon.name(), String.valueOf(daemon.source()), handlers,
				topics(handlers.keySet(), published, only),
				(own != null && own.maxAttempts() != null) ? own.maxAttempts() : all.maxAttempts(),
				(own != null && own.visibilityTimeout() != null) ? own.visibilityTimeout() : all.visibilityTimeout(),
				(own != null && own.heartbeat() != null) ? own.heartbeat() : all.heartbeat(),
				longest(daemon.name(), handles ? all.maxHandlingTime() : null),
				(own != null && own.pollWait() != null) ? own.pollWait() : all.pollWait(), letters(own),
				BARE.contains(envelope(own)), !all.trustedTopics().isEmpty());
	}

	private Map<MediaType, String> handlers(String daemon, boolean handles) {
		if (handles) {
			return handled().collect(Collectors.toMap(Handler::mediaType, Handler::name));
		}
		PipelineTypes types = this.pipelines.getIfAvailable();
		return (types != null) ? types.of(daemon).stream().collect(Collectors.toMap((type) -> type, (type) -> daemon))
				: Map.of();
	}

	// Whom the only consumer trusts, from there it gets its messages.
	private Set<String> topics(Set<MediaType> handled, Publications published, boolean only) {
		Stream<String> trusted = this.properties.consumer()
			.trustedTopics()
			.stream()
			.filter((topic) -> only && topic.indexOf('*') < 0);
		return Stream.concat(handled.stream().flatMap(published::addressOf), trusted)
			.filter(ServiceFacts::isTopic)
			.collect(Collectors.toSet());
	}

	private @Nullable String letters(@Nullable PipelineProperties own) {
		PipelineProperties.DeadLetter letters = (own != null) ? own.deadLetter() : null;
		return (letters != null && letters.destination() != null) ? letters.destination()
				: this.properties.deadLetter().destination();
	}

	private String envelope(@Nullable PipelineProperties own) {
		String named = (own != null && own.envelope() != null) ? own.envelope() : this.properties.envelope();
		return (named != null) ? named : "codec";
	}

	// What is configured can happen, even if it has not yet.
	private @Nullable Duration longest(String daemon, @Nullable Duration configured) {
		HandlingTimes measured = this.times.getIfAvailable();
		return (configured != null || measured == null) ? configured : measured.longest(daemon);
	}

}
