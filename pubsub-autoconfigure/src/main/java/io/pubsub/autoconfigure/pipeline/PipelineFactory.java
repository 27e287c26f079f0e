package io.pubsub.autoconfigure.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.pubsub.autoconfigure.DeadLettersFactory;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.consume.ReceiverConfigurer;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.EnvelopeSelection;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.Spelling;
import io.pubsub.autoconfigure.internal.StreamWithoutDeadLettersException;
import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.MissingDeadLettersException;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Makes what runs the pipelines of the application.
 *
 * @param binder the binder of their settings
 * @param sources finds what each consumes
 * @param receivers configures what all receivers have in common
 * @param envelopes the envelopes that can be named
 * @param codec the codec of the content
 * @param schemas the schemas
 * @param interceptors the interceptors around each message
 * @param customizers the customizers of the receivers
 * @param letters the factory of places for dead letters, if there is one
 * @param deadLetters the place for dead letters of the application's own, if there is one
 * @param properties the properties of all
 * @param environment the environment
 * @param timekeeper the time for all
 */
record PipelineFactory(PipelineBinder binder, PipelineSource sources, ReceiverConfigurer receivers,
		EnvelopeSelection envelopes, MessageCodec codec, SchemaRegistry schemas,
		ObjectProvider<OriginInterceptor> interceptors, ObjectProvider<PipelineReceiverCustomizer> customizers,
		ObjectProvider<DeadLettersFactory> letters, ObjectProvider<DeadLetters> deadLetters,
		PubSubProperties properties, Environment environment, Timekeeper timekeeper) {

	Pipelines create(List<Pipeline> pipelines) {
		check(pipelines);
		List<Enabled> enabled = pipelines.stream()
			.map((pipeline) -> new Enabled(pipeline, this.binder.bind(pipeline.name())))
			.filter((candidate) -> candidate.settings().consumer().enabled())
			.toList();
		boolean only = enabled.size() == 1;
		return new Pipelines(enabled.stream().map((one) -> create(one.pipeline(), one.settings(), only)).toList());
	}

	private void check(List<Pipeline> pipelines) {
		Set<String> names = new HashSet<>();
		for (Pipeline pipeline : pipelines) {
			if (pipeline.name().equals(ManagedDaemon.HANDLERS)) {
				throw new IllegalStateException(
						"A pipeline is named '%s', as is what calls the @Handles methods: give it another name"
							.formatted(pipeline.name()));
			}
			if (!names.add(pipeline.name())) {
				throw new IllegalStateException(
						"There are two pipelines named '%s': give each a name of its own".formatted(pipeline.name()));
			}
		}
		Set<String> known = new HashSet<>();
		names.forEach((name) -> known.add(relaxed(name)));
		for (String configured : this.properties.pipelines().keySet()) {
			if (!known.contains(relaxed(configured))) {
				throw new UnknownPipelineException(configured, Spelling.nearest(configured, names), names);
			}
		}
	}

	// As the names of properties are compared.
	private static String relaxed(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
	}

	private RunningPipeline create(Pipeline pipeline, PipelineSettings settings, boolean only) {
		PubSubProperties.Consumer consumer = settings.consumer();
		BackoffPolicy backoff = settings.backoff();
		PipelineSource.Found found = this.sources.find(pipeline.name(), settings, backoff, only);
		DeadLetterLimit limit = new DeadLetterLimit(settings.deadLetter().maxInvalidRatio(),
				settings.deadLetter().maxConsecutive());
		PipelineReceiver.Builder builder = PipelineReceiver
			.builder(pipeline, envelope(settings), this.codec, this.schemas)
			.guard(this.receivers::guard)
			.maxInFlight(settings.own().maxInFlight())
			.backoff(backoff)
			.threadFactory(this.receivers.threads("pubsub-" + pipeline.name() + "-"))
			.interceptors(this.interceptors.orderedStream().toList());
		DeadLetters letters = deadLetters(settings, found.address());
		StreamWithoutDeadLettersException.check(found.address(), letters, settings.deadLetterDestination());
		this.receivers.configure(builder, consumer, letters, limit)
			.maxAttempts(InputAddress.maxAttempts(found.address(), consumer.maxAttempts()));
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(pipeline, builder));
		PipelineReceiver receiver = build(builder, settings);
		ConsumerDaemon daemon = new ConsumerDaemon(found.source(), receiver, consumer.drain(), this.timekeeper);
		daemon.maxRate(consumer.maxRate());
		return new RunningPipeline(receiver, found.source(), new ManagedDaemon(pipeline.name(), daemon, found.address(),
				found.property(), consumer.autoStartup() && !isLambda(), limit, receiver::statistics));
	}

	private static PipelineReceiver build(PipelineReceiver.Builder builder, PipelineSettings settings) {
		try {
			return builder.build();
		}
		catch (MissingDeadLettersException ex) {
			throw new UnusablePropertyException(settings.property(PipelineSettings.DESTINATION), ex);
		}
	}

	private boolean isLambda() {
		return this.environment.getProperty(CommandLineProperties.LAMBDA, Boolean.class, false);
	}

	private Envelope envelope(PipelineSettings settings) {
		String name = settings.own().envelope();
		return (name != null) ? this.envelopes.byName(settings.property("envelope"), name) : this.envelopes.select();
	}

	// The embedded broker of a process that ends with its input keeps no letters.
	private @Nullable DeadLetters deadLetters(PipelineSettings settings, @Nullable String source) {
		String destination = settings.deadLetter().destination();
		DeadLettersFactory factory = this.letters.getIfAvailable();
		if (destination == null || factory == null) {
			return this.deadLetters.getIfAvailable();
		}
		if (this.properties.local().enabled() && InputAddress.isInput(source)) {
			return null;
		}
		try {
			return factory.create(destination, source);
		}
		catch (IllegalArgumentException ex) {
			throw settings.invalid(ex, settings.deadLetterDestination());
		}
		catch (RuntimeException ex) {
			throw new UnusablePropertyException(settings.deadLetterDestination(), ex);
		}
	}

	private record Enabled(Pipeline pipeline, PipelineSettings settings) {

	}

}
