package io.pubsub.autoconfigure.consume;

import java.util.concurrent.ThreadFactory;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.aws.sns.TrustedTopics;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.dispatch.ReceiverBuilder;
import io.pubsub.dispatch.TimeToLive;
import io.pubsub.publish.Propagation;
import io.pubsub.schema.Envelope;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Configures what all receivers of the application have in common.
 *
 * @since 0.1.0
 */
public final class ReceiverConfigurer {

	private final PubSubProperties properties;

	private final Timekeeper timekeeper;

	private final ObjectProvider<OutcomeListener> listeners;

	private final ObjectProvider<TrustedTopics> trustedTopics;

	private final Environment environment;

	ReceiverConfigurer(PubSubProperties properties, Timekeeper timekeeper, ObjectProvider<OutcomeListener> listeners,
			ObjectProvider<TrustedTopics> trustedTopics, Environment environment) {
		this.properties = properties;
		this.timekeeper = timekeeper;
		this.listeners = listeners;
		this.trustedTopics = trustedTopics;
		this.environment = environment;
	}

	/**
	 * Configures a receiver.
	 * @param builder the builder of the receiver
	 * @param consumer the settings of its daemon
	 * @param deadLetters the place for dead letters; {@code null} if there is none
	 * @param limit the limit for dead letters
	 * @param <B> the type of the builder
	 * @return the builder
	 */
	public <B extends ReceiverBuilder<B>> B configure(B builder, PubSubProperties.Consumer consumer,
			@Nullable DeadLetters deadLetters, DeadLetterLimit limit) {
		return builder.timeToLive(new TimeToLive(this.properties.ttl().enabled(), this.properties.ttl().initial()))
			.maxAttempts(consumer.maxAttempts())
			.timekeeper(this.timekeeper)
			.unhandled(consumer.unhandled())
			.deadLetters(deadLetters)
			.deadLetterLimit(limit)
			.listeners(this.listeners.orderedStream().toList())
			.loggedKeys(new Propagation(this.properties.producer().propagate())::allows);
	}

	/**
	 * Has an envelope open only what a trusted topic has signed, if any are configured.
	 * @param envelope the envelope
	 * @return the guarded envelope, or the same
	 */
	public Envelope guard(Envelope envelope) {
		TrustedTopics topics = this.trustedTopics.getIfAvailable();
		return (topics != null) ? topics.guard(envelope) : envelope;
	}

	/**
	 * Makes a factory of threads: virtual ones where the application wants these.
	 * @param prefix the beginning of the names of the threads
	 * @return the factory
	 */
	public ThreadFactory threads(String prefix) {
		return Threading.VIRTUAL.isActive(this.environment)
				? new VirtualThreadTaskExecutor(prefix).getVirtualThreadFactory()
				: new CustomizableThreadFactory(prefix);
	}

}
