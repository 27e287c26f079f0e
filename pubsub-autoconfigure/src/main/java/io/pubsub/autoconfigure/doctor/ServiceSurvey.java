package io.pubsub.autoconfigure.doctor;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
import io.pubsub.aws.doctor.Consumption;
import io.pubsub.aws.doctor.ServiceFacts;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Gathers what the service says of itself.
 *
 * @param properties the properties of all
 * @param daemons the daemons, if something is consumed
 * @param handlers the handlers, if there are any
 * @param schemas the schemas
 * @param topics the topics by media type, if something is published
 * @param times the times of handlers, if they are measured
 */
record ServiceSurvey(PubSubProperties properties, ObjectProvider<Daemons> daemons,
		ObjectProvider<HandlerRegistry> handlers, SchemaRegistry schemas, ObjectProvider<TopicRouter> topics,
		ObjectProvider<HandlingTimes> times) {

	private static final Logger logger = LoggerFactory.getLogger(ServiceSurvey.class);

	private static final Set<String> BARE = Set.of("raw", "naive");

	ServiceFacts facts() {
		Map<String, Set<MediaType>> published = published();
		return new ServiceFacts(consumptions(), published, this.properties.producer().maxMessageBytes(),
				unused(published.values()),
				handled().filter((handler) -> this.schemas.find(handler.mediaType()) == null)
					.map(Handler::name)
					.toList());
	}

	private Stream<Handler> handled() {
		return this.handlers.stream().flatMap((registry) -> registry.handlers().stream());
	}

	private List<Consumption> consumptions() {
		return this.daemons.stream()
			.flatMap((daemons) -> daemons.all().stream())
			.filter((daemon) -> daemon.source() != null && !InputAddress.isInput(daemon.source()))
			.map(this::consumption)
			.toList();
	}

	private Consumption consumption(ManagedDaemon daemon) {
		PubSubProperties.Consumer all = this.properties.consumer();
		PipelineProperties own = this.properties.pipelines().get(daemon.name());
		boolean handles = daemon.name().equals(ManagedDaemon.HANDLERS);
		return new Consumption(daemon.name(), String.valueOf(daemon.source()),
				handles ? handled().map(Handler::mediaType).collect(Collectors.toSet()) : Set.of(),
				(own != null && own.maxAttempts() != null) ? own.maxAttempts() : all.maxAttempts(),
				(own != null && own.visibilityTimeout() != null) ? own.visibilityTimeout() : all.visibilityTimeout(),
				(own != null && own.heartbeat() != null) ? own.heartbeat() : all.heartbeat(),
				longest(daemon.name(), handles ? all.maxHandlingTime() : null),
				(own != null && own.pollWait() != null) ? own.pollWait() : all.pollWait(), hasLetters(own),
				BARE.contains(String.valueOf(envelope(own))), !all.trustedTopics().isEmpty());
	}

	private boolean hasLetters(@Nullable PipelineProperties own) {
		PipelineProperties.DeadLetter letters = (own != null) ? own.deadLetter() : null;
		return this.properties.deadLetter().destination() != null || (letters != null && letters.destination() != null);
	}

	private @Nullable String envelope(@Nullable PipelineProperties own) {
		return (own != null && own.envelope() != null) ? own.envelope() : this.properties.envelope();
	}

	// What is configured can happen, even if it has not yet.
	private @Nullable Duration longest(String daemon, @Nullable Duration configured) {
		HandlingTimes measured = this.times.getIfAvailable();
		return (configured != null || measured == null) ? configured : measured.longest(daemon);
	}

	private Map<String, Set<MediaType>> published() {
		Map<String, Set<MediaType>> published = new HashMap<>();
		if (this.properties.producer().mode() == ProducerMode.PUBLISH) {
			configuredTopics().forEach((topic) -> published.put(topic, new HashSet<>()));
			this.topics.ifAvailable((router) -> this.schemas.schemas()
				.keySet()
				.stream()
				.filter((mediaType) -> !mediaType.isPattern())
				.forEach((mediaType) -> add(router, mediaType, published)));
		}
		return published;
	}

	private Stream<String> configuredTopics() {
		PubSubProperties.Topics configured = this.properties.producer().topics();
		return Stream
			.of(configured.mappings().values(), configured.created().values(), configured.changed().values(),
					configured.deleted().values())
			.flatMap(Collection::stream);
	}

	private static void add(TopicRouter router, MediaType mediaType, Map<String, Set<MediaType>> published) {
		try {
			published.computeIfAbsent(router.route(mediaType), (topic) -> new HashSet<>()).add(mediaType);
		}
		catch (NoTopicException ex) {
			logger.debug("{} is not published here", mediaType);
		}
	}

	private List<MediaType> unused(Collection<Set<MediaType>> published) {
		Set<MediaType> used = handled().map(Handler::mediaType).collect(Collectors.toSet());
		published.forEach(used::addAll);
		return this.schemas.schemas()
			.entrySet()
			.stream()
			.filter((schema) -> !schema.getValue().getPackageName().equals("io.pubsub.publish"))
			.map(Map.Entry::getKey)
			.filter((mediaType) -> !mediaType.isPattern() && !used.contains(mediaType)
					&& !used.contains(mediaType.pattern()))
			.toList();
	}

}
