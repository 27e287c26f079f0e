package io.pubsub.autoconfigure;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.sns.SnsClientCustomizer;
import io.awspring.cloud.autoconfigure.sqs.SqsAsyncClientCustomizer;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration for SNS and SQS inside this process, with the topics and the queue
 * that the application is configured with.
 */
@AutoConfiguration(before = { PubSubProducerAutoConfiguration.class, PubSubSqsAutoConfiguration.class })
@ConditionalOnClass({ LocalBroker.class, SqsAsyncClientCustomizer.class })
@ConditionalOnBooleanProperty("pubsub.local.enabled")
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubLocalAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(PubSubLocalAutoConfiguration.class);

	// A message that fails this often will fail again: put it where a developer sees it.
	private static final int MAX_RECEIVE_COUNT = 5;

	@Bean
	@ConditionalOnMissingBean
	LocalBroker pubSubLocalBroker(PubSubProperties properties, ListableBeanFactory beans) {
		refuseToRunBeside(beans.getBeanNamesForType(AwsConnectionDetails.class));
		LocalBroker broker = LocalBroker.builder()
			.sqsPort(properties.local().sqsPort())
			.snsPort(properties.local().snsPort())
			.start();
		LocalTopology topology = LocalTopology.of(properties);
		provision(broker, topology);
		logger.info("The local broker is up: SQS at {}, SNS at {}. To publish to it: {}", broker.sqsEndpoint(),
				broker.snsEndpoint(), publishCommand(broker, topology));
		return broker;
	}

	// What ends with its command or its input is not for others to use.
	@Bean
	@Lazy(false)
	@Conditional(ServiceCondition.class)
	LocalBrokerAnnouncement pubSubLocalBrokerAnnouncement(LocalBroker broker, Environment environment) {
		return new LocalBrokerAnnouncement(broker, environment);
	}

	@Bean
	SqsAsyncClientCustomizer pubSubLocalSqsCustomizer(LocalBroker broker) {
		return (builder) -> builder.endpointOverride(broker.sqsEndpoint());
	}

	@Bean
	SnsClientCustomizer pubSubLocalSnsCustomizer(LocalBroker broker) {
		return (builder) -> builder.endpointOverride(broker.snsEndpoint());
	}

	@Bean
	SnsAsyncClientCustomizer pubSubLocalSnsAsyncCustomizer(LocalBroker broker) {
		return (builder) -> builder.endpointOverride(broker.snsEndpoint());
	}

	// The credentials and the region of the other one would be used with this one.
	private static void refuseToRunBeside(String[] others) {
		if (others.length > 0) {
			throw new LocalBrokerUnusableException(
					"pubsub.local.enabled is true, but there is also another broker, of the AwsConnectionDetails bean "
							+ String.join(", ", others),
					"Set pubsub.local.enabled=false to use that broker, or remove the container that it comes from"
							+ " (@ServiceConnection, Docker Compose) to use the embedded one.");
		}
	}

	private static void provision(LocalBroker broker, LocalTopology topology) {
		broker.createQueue(topology.deadLetterQueue());
		broker.createQueue(topology.queue(),
				QueueOptions.defaults().withDeadLetterQueue(topology.deadLetterQueue(), MAX_RECEIVE_COUNT));
		topology.topicNames().forEach((topic) -> {
			String arn = broker.createTopic(topic);
			if (topic.endsWith(".fifo") || !topology.queue().endsWith(".fifo")) {
				broker.subscribe(arn, topology.queue(), false, null);
			}
			else {
				logger.warn("The topic {} is not subscribed by the queue {}: SNS permits that only to FIFO topics",
						topic, topology.queue());
			}
		});
	}

	private static String publishCommand(LocalBroker broker, LocalTopology topology) {
		return "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s aws --region %s --endpoint-url %s"
			.formatted(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY, broker.region(), broker.snsEndpoint())
				+ " sns publish --topic-arn %s --message '{\"mediaType\": \"application/vnd.example.hello\"}'"
					.formatted(topology.defaultTopicArn());
	}

	/**
	 * Whether the process is a service, which goes on until it is stopped.
	 */
	static final class ServiceCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			ConditionMessage.Builder message = ConditionMessage.forCondition("pubsub service");
			boolean ends = environment.containsProperty(DaemonArguments.COMMAND)
					|| InputAddress.isInput(environment.getProperty("pubsub.source"));
			return ends ? ConditionOutcome.noMatch(message.because("the process ends with its command or its input"))
					: ConditionOutcome.match(message.because("the process goes on"));
		}

	}

}
