package io.pubsub.autoconfigure.consume;

import io.pubsub.Handles;
import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.EnvelopeSelection;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.aws.sns.TrustedTopics;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.DispatchInterceptor;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.internal.LogText;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.source.PullSource;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for consuming messages with the beans that have
 * {@link io.pubsub.Handles}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, PubSubSqsAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
@ConditionalOnBean(MessageCodec.class)
public final class PubSubConsumerAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(PubSubConsumerAutoConfiguration.class);

	private static final String THREAD_NAME_PREFIX = "pubsub-handler-";

	@Bean
	@ConditionalOnMissingBean
	HandlerRegistry pubSubHandlerRegistry() {
		return new HandlerRegistry();
	}

	@Bean
	HandlesBeanRegistrar pubSubHandlesBeanRegistrar(MediaTypes mediaTypes, SchemaRegistry schemas,
			HandlerRegistry registry, PubSubProperties properties, ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		HandlerMethods methods = new HandlerMethods(mediaTypes, schemas,
				(element) -> AnnotatedElementUtils.getMergedAnnotation(element, Handles.class));
		return new HandlesBeanRegistrar(methods, registry, new HandlerSelection(properties.consumer().handlers()),
				beanFactory, new UnboundHandlers(beanFactory, environment));
	}

	@Bean
	@ConditionalOnMissingBean
	DeadLetterLimit pubSubDeadLetterLimit(PubSubProperties properties) {
		return new DeadLetterLimit(properties.deadLetter().maxInvalidRatio(), properties.deadLetter().maxConsecutive());
	}

	@Bean
	ReceiverConfigurer pubSubReceiverConfigurer(PubSubProperties properties, Timekeeper timekeeper,
			ObjectProvider<OutcomeListener> listeners, ObjectProvider<TrustedTopics> trustedTopics,
			Environment environment) {
		return new ReceiverConfigurer(properties, timekeeper, listeners, trustedTopics, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	MessageDispatcher pubSubMessageDispatcher(EnvelopeSelection envelopes, MessageCodec codec, HandlerRegistry handlers,
			PubSubProperties properties, ObjectProvider<DeadLetters> deadLetters, DeadLetterLimit deadLetterLimit,
			ObjectProvider<DispatchInterceptor> interceptors, ReceiverConfigurer receivers) {
		MessageDispatcher.Builder builder = MessageDispatcher
			.builder(receivers.guard(envelopes.select()), codec, handlers)
			.maxHandlingTime(properties.consumer().maxHandlingTime())
			.interceptors(interceptors.orderedStream().toList());
		return receivers.configure(builder, properties.consumer(), deadLetters.getIfAvailable(), deadLetterLimit)
			.maxAttempts(InputAddress.maxAttempts(properties.source(), properties.consumer().maxAttempts()))
			.build();
	}

	@Bean
	LocaleInterceptor pubSubLocaleInterceptor() {
		return new LocaleInterceptor();
	}

	@Bean
	Daemons pubSubDaemons(ObjectProvider<ConsumerDaemon> daemon, HandlerRegistry handlers,
			ObjectProvider<DaemonGroup> groups, ObjectProvider<DeadLetterLimit> limit,
			ObjectProvider<DeadLetters> letters, PubSubProperties properties) {
		return new Daemons(daemon, handlers, groups, limit, letters, properties);
	}

	@Bean
	ConsumerDaemonLifecycle pubSubConsumerDaemonLifecycle(Daemons daemons, ObjectProvider<EndOfInput> endOfInput,
			PubSubProperties properties) {
		return new ConsumerDaemonLifecycle(daemons, endOfInput, properties.consumer().autoStartup());
	}

	@Bean
	@ConditionalOnBean(Source.class)
	@ConditionalOnMissingBean
	ConsumerDaemon pubSubConsumerDaemon(Source source, MessageDispatcher dispatcher, PubSubProperties properties,
			ReceiverConfigurer receivers, Timekeeper timekeeper) {
		PubSubProperties.Consumer consumer = properties.consumer();
		warnOfIgnoredSource(source, properties.source());
		ConsumerDaemon daemon = new ConsumerDaemon(source,
				new ThreadPoolReceiver(dispatcher, consumer.concurrency(), receivers.threads(THREAD_NAME_PREFIX)),
				consumer.drain(), timekeeper);
		daemon.maxRate(consumer.maxRate());
		return daemon;
	}

	private static void warnOfIgnoredSource(Source source, @Nullable String configured) {
		if (configured != null && source instanceof PullSource) {
			logger.warn("pubsub.source is {}, but the bean {} is consumed instead: remove one of them",
					LogText.of(configured), source);
		}
	}

	/**
	 * Topics whose signed notifications alone are handled.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(TrustCondition.class)
	static class TrustConfiguration {

		private static final String MESSAGE_MANAGER = "software.amazon.awssdk.messagemanager.sns.SnsMessageManager";

		@Bean
		@ConditionalOnMissingBean
		TrustedTopics pubSubTrustedTopics(PubSubProperties properties) {
			if (!ClassUtils.isPresent(MESSAGE_MANAGER, null)) {
				throw new IllegalStateException(
						TrustCondition.PROPERTY + " is set, but what checks signatures is missing:"
								+ " add software.amazon.awssdk:sns-message-manager to the dependencies");
			}
			return new TrustedTopics(properties.consumer().trustedTopics());
		}

	}

	/**
	 * Whether topics are named that are trusted.
	 */
	static final class TrustCondition extends SpringBootCondition {

		static final String PROPERTY = "pubsub.consumer.trusted-topics";

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean bound = Binder.get(context.getEnvironment())
				.bind(PROPERTY, Bindable.listOf(String.class))
				.isBound();
			return new ConditionOutcome(bound, PROPERTY + (bound ? " is set" : " is not set"));
		}

	}

}
