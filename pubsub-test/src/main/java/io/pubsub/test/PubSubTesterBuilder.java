package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.pubsub.MediaTypes;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures a {@link PubSubTester} of handlers, without Spring.
 *
 * @since 0.1.0
 */
public final class PubSubTesterBuilder {

	private static final String TOPIC = "pubsub-test";

	private final List<Class<?>> schemas = new ArrayList<>();

	private final List<Function<SnsProducer, Object>> handlers = new ArrayList<>();

	private @Nullable String organization;

	private BackoffPolicy backoff = BackoffPolicy.fixed(Duration.ofSeconds(1));

	private Consumer<MessageDispatcher.Builder> dispatcher = (builder) -> {
	};

	PubSubTesterBuilder() {
	}

	/**
	 * Sets the organization in media types that are made by convention.
	 * @param organization the name; by default the convention is not used
	 * @return this builder
	 */
	public PubSubTesterBuilder organization(String organization) {
		this.organization = organization;
		return this;
	}

	/**
	 * Adds schemas that no handler takes, such as those of messages that are only
	 * published.
	 * @param schemas classes with {@link io.pubsub.MessageSchema}
	 * @return this builder
	 */
	public PubSubTesterBuilder schemas(Class<?>... schemas) {
		this.schemas.addAll(List.of(schemas));
		return this;
	}

	/**
	 * Adds objects that have {@link io.pubsub.Handles}.
	 * @param handlers the objects
	 * @return this builder
	 */
	public PubSubTesterBuilder handlers(Object... handlers) {
		for (Object handler : handlers) {
			this.handlers.add((producer) -> handler);
		}
		return this;
	}

	/**
	 * Adds an object that has {@link io.pubsub.Handles} and publishes.
	 * @param handler the factory of the object
	 * @return this builder
	 */
	public PubSubTesterBuilder publishingHandler(Function<SnsProducer, Object> handler) {
		this.handlers.add(handler);
		return this;
	}

	/**
	 * Sets when a failed message is delivered again.
	 * @param backoff the policy; by default always after a second
	 * @return this builder
	 */
	public PubSubTesterBuilder backoff(BackoffPolicy backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * Configures the dispatcher further.
	 * @param dispatcher the customizer of its builder
	 * @return this builder
	 */
	public PubSubTesterBuilder dispatcher(Consumer<MessageDispatcher.Builder> dispatcher) {
		this.dispatcher = this.dispatcher.andThen(dispatcher);
		return this;
	}

	/**
	 * Makes the tester of a running daemon.
	 * @return the tester
	 */
	public PubSubTester build() {
		MediaTypes mediaTypes = new MediaTypes(this.organization);
		SchemaRegistry registry = new SchemaRegistry(mediaTypes, true);
		this.schemas.forEach(registry::register);
		JsonMapper mapper = JsonMapper.builder().build();
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				registry);
		TestClock clock = new TestClock();
		InMemoryDestination destination = new InMemoryDestination();
		MessageComposer composer = new MessageComposer(registry, codec, new TopicRouter(Topics.all(TOPIC), mediaTypes),
				Propagation.defaults(), clock, destination.rules(), List.of());
		SnsProducer producer = new SnsProducer(composer, destination, ProducerMode.PUBLISH);
		HandlerRegistry found = handlers(new HandlerMethods(mediaTypes, registry), producer);
		OutcomeRecorder outcomes = new OutcomeRecorder();
		MessageDispatcher.Builder builder = MessageDispatcher.builder(Envelope.codec(mapper), codec, found)
			.timekeeper(clock.timekeeper())
			.listeners(List.of(outcomes));
		this.dispatcher.accept(builder);
		InMemoryQueue queue = new InMemoryQueue(clock);
		PubSubTester.daemon(queue, this.backoff, builder.build()).start();
		return new PubSubTester(composer, queue, destination, outcomes, clock, mediaTypes);
	}

	private HandlerRegistry handlers(HandlerMethods methods, SnsProducer producer) {
		HandlerRegistry registry = new HandlerRegistry();
		for (Function<SnsProducer, Object> source : this.handlers) {
			Object handler = source.apply(producer);
			registry.registerAll(methods.find(handler.getClass().getSimpleName(), handler, handler.getClass()));
		}
		return registry;
	}

}
