package io.pubsub.autoconfigure.local;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubInputAutoConfiguration;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.local.LocalBroker;
import io.pubsub.publish.SnsProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PubSubLocalAutoConfiguration} and
 * {@link LocalBrokerEnvironmentPostProcessor}.
 */
class PubSubLocalAutoConfigurationTests {

	@Test
	void carriesAMessageFromTheProducerToTheHandler() {
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(SnsProducer.class).produce(new ScannedMessage("hello"));
			List<ScannedMessage> handled = context.getBean(ScannedHandler.class).handled;
			Awaitility.await().untilAsserted(() -> assertThat(handled).containsExactly(new ScannedMessage("hello")));
		}
	}

	@Test
	void putsTheConfiguredTopicsAndTheQueueInThePlaceOfThoseOfAws() {
		try (ConfigurableApplicationContext context = run(
				"--pubsub.source=https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
				"--pubsub.producer.topics.created.scanned=arn:aws:sns:eu-west-1:123456789012:scanned")) {
			assertThat(context.getEnvironment().getProperty("pubsub.source")).isEqualTo("orders");
			context.getBean(SnsProducer.class).produce(new ScannedMessage("hello"));
			List<ScannedMessage> handled = context.getBean(ScannedHandler.class).handled;
			Awaitility.await().untilAsserted(() -> assertThat(handled).hasSize(1));
		}
	}

	@Test
	void refusesABucketThatTellsAQueueAndATopic() {
		assertThatExceptionOfType(BeansException.class)
			.isThrownBy(() -> run("--pubsub.local.buckets.files.queue=one", "--pubsub.local.buckets.files.topic=two"))
			.havingRootCause()
			.withMessageContaining("pubsub.local.buckets.files has both a queue and a topic");
	}

	@Test
	void hasABucketThatTellsTheQueueThatItNames() {
		try (ConfigurableApplicationContext context = run("--pubsub.local.buckets.files.queue=uploads",
				"--pubsub.local.buckets.files.suffix=.gz"); S3Client s3 = s3(context.getBean(LocalBroker.class))) {
			assertThat(
					s3.getBucketNotificationConfiguration((request) -> request.bucket("files")).queueConfigurations())
				.singleElement()
				.satisfies((rule) -> assertThat(rule.queueArn()).endsWith(":uploads"))
				.satisfies((rule) -> assertThat(rule.filter().key().filterRules()).extracting(FilterRule::value)
					.containsExactly(".gz"));
		}
	}

	@Test
	void givesAllThatIsMadeForS3TheAddressOfTheBroker() {
		try (ConfigurableApplicationContext context = run(List.of(S3Settings.class))) {
			S3Properties properties = context.getBean(S3Properties.class);
			assertThat(properties.getEndpoint()).isEqualTo(context.getBean(LocalBroker.class).s3Endpoint());
			assertThat(properties.getPathStyleAccessEnabled()).isTrue();
		}
	}

	@Test
	void leavesWhatIsMadeForS3AloneWhenItIsNotEnabled() {
		try (ConfigurableApplicationContext context = run(List.of(S3Settings.class), "--pubsub.local.enabled=false",
				"--pubsub.consumer.enabled=false", "--spring.cloud.aws.region.static=eu-west-1")) {
			assertThat(context.getBean(S3Properties.class).getEndpoint()).isNull();
		}
	}

	private static S3Client s3(LocalBroker broker) {
		return S3Client.builder()
			.endpointOverride(broker.s3Endpoint())
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	@Test
	void refusesToTrustWhatNobodySigns() {
		String topics = "pubsub.consumer.trusted-topics";
		assertThatExceptionOfType(BeansException.class)
			.isThrownBy(() -> run("--" + topics + "[0]=arn:aws:sns:eu-west-1:123456789012:orders"))
			.havingRootCause()
			.withMessageContainingAll(topics, "does not sign");
	}

	@Test
	void sendsWhatIsInvalidToTheDeadLetterQueue() {
		try (ConfigurableApplicationContext context = run()) {
			SqsAsyncClient sqs = context.getBean(SqsAsyncClient.class);
			LocalBroker broker = context.getBean(LocalBroker.class);
			sqs.sendMessage((message) -> message.queueUrl(broker.queueUrl("pubsub")).messageBody("{}")).join();
			String deadLetters = broker.queueUrl("pubsub-dead-letters");
			Awaitility.await().untilAsserted(() -> assertThat(messages(sqs, deadLetters)).isEqualTo("1"));
			assertThat(messages(sqs, broker.queueUrl("pubsub"))).isEqualTo("0");
		}
	}

	@Test
	void runsOnAFifoQueue() {
		try (ConfigurableApplicationContext context = run("--pubsub.source=orders.fifo",
				"--pubsub.producer.topics.default=arn:aws:sns:eu-west-1:123456789012:orders.fifo")) {
			LocalBroker broker = context.getBean(LocalBroker.class);
			assertThat(broker.queueUrl("orders.fifo")).endsWith("/orders.fifo");
			assertThat(broker.queueUrl("orders-dead-letters.fifo")).isNotEmpty();
		}
	}

	@Test
	void hasTheQueuesOfPipelinesOfBothKinds() {
		try (ConfigurableApplicationContext context = run("--pubsub.pipelines.letters.source=letters.fifo",
				"--pubsub.pipelines.words.source=words",
				"--pubsub.pipelines.words.dead-letter.destination=arn:aws:sqs:eu-west-1:123456789012:lost-words")) {
			SqsAsyncClient sqs = context.getBean(SqsAsyncClient.class);
			LocalBroker broker = context.getBean(LocalBroker.class);
			assertThat(redrive(sqs, broker.queueUrl("letters.fifo"))).contains(":letters-dead-letters.fifo");
			assertThat(redrive(sqs, broker.queueUrl("words"))).contains(":lost-words");
			assertThat(context.getEnvironment().getProperty("pubsub.pipelines.words.dead-letter.destination"))
				.isEqualTo("lost-words");
		}
	}

	@Test
	void letsACommandFindTheBroker() {
		try (ConfigurableApplicationContext service = run("--spring.application.name=announced")) {
			LocalBroker broker = service.getBean(LocalBroker.class);
			assertThat(prepareCommand(service("announced")))
				.returns("false", (command) -> command.getProperty("pubsub.local.enabled"))
				.returns(broker.sqsEndpoint().toString(),
						(command) -> command.getProperty("spring.cloud.aws.sqs.endpoint"));
		}
	}

	@Test
	void letsACommandFindTheBrokerAtConfiguredPorts() {
		try (LocalBroker broker = LocalBroker.start()) {
			int port = broker.snsEndpoint().getPort();
			MockEnvironment service = service("configured")
				.withProperty("pubsub.local.sqs-port", String.valueOf(broker.sqsEndpoint().getPort()))
				.withProperty("pubsub.local.s3-port", String.valueOf(broker.s3Endpoint().getPort()))
				.withProperty("pubsub.local.sns-port", String.valueOf(port));
			assertThat(prepareCommand(service).getProperty("spring.cloud.aws.sns.endpoint")).endsWith(":" + port);
		}
	}

	@Test
	void refusesACommandWithoutARunningBroker() {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> prepareCommand(service("stopped")))
			.withMessageContainingAll("read", "stopped", "none is running");
	}

	@Test
	void givesACommandABrokerOfItsOwnForTesting() {
		MockEnvironment service = service("testing").withProperty(CommandLineProperties.OWN_BROKER, "true");
		assertThat(prepareCommand(service).getProperty("pubsub.local.enabled")).isEqualTo("true");
	}

	@Test
	void withdrawsTheBrokerThatWasStopped() {
		run("--spring.application.name=withdrawn").close();
		assertThat(RunningBroker.find(service("withdrawn"))).isNull();
	}

	@Test
	void givesLinesUpRatherThanToABrokerThatEndsWithThem() {
		try (ConfigurableApplicationContext context = run("--spring.application.name=lines", "--pubsub.source=stdin:",
				"--pubsub.consumer.auto-startup=false")) {
			assertThat(context.getBeanProvider(LocalBroker.class).getIfAvailable()).isNotNull();
			assertThat(context.getBeanProvider(DeadLetters.class).getIfAvailable()).isNull();
		}
	}

	@Test
	void refusesToStartBesideAnotherEndpoint() {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> run("--spring.cloud.aws.sqs.endpoint=http://localhost:4566"))
			.withMessageContaining("spring.cloud.aws.sqs.endpoint");
	}

	@ParameterizedTest
	@ValueSource(strings = { "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS", "aws.endpointUrlSns" })
	void refusesToStartBesideAnEndpointOfTheSdk(String name) {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> run("--" + name + "=http://localhost:4566"))
			.withMessageContaining(name);
	}

	@Test
	void refusesAClientOfTheApplicationThatAsksAws() {
		assertThatExceptionOfType(BeansException.class)
			.isThrownBy(() -> run(List.of(OwnS3Client.class), "--own.endpoint="))
			.havingRootCause()
			.isInstanceOf(LocalBrokerUnusableException.class)
			.withMessage("pubsub.local.enabled is true, but the client of s3 that is the bean ownS3Client asks AWS,"
					+ " not the embedded broker");
	}

	@Test
	void leavesAClientOfTheApplicationAloneThatAsksElsewhere() {
		try (ConfigurableApplicationContext context = run(List.of(OwnS3Client.class),
				"--own.endpoint=http://localhost:9000")) {
			assertThat(context.getBean(S3Client.class).serviceClientConfiguration().endpointOverride()).isPresent();
		}
	}

	@Test
	void leavesClientsThatAskAwsAloneWhenItIsNotEnabled() {
		try (ConfigurableApplicationContext context = run(List.of(OwnS3Client.class), "--own.endpoint=",
				"--pubsub.local.enabled=false", "--pubsub.consumer.enabled=false",
				"--spring.cloud.aws.region.static=eu-west-1")) {
			assertThat(context.getBean(S3Client.class)).isNotNull();
		}
	}

	@Test
	void startsBesideAProfileAndCredentialsOfAws() {
		try (ConfigurableApplicationContext context = run("--AWS_PROFILE=production",
				"--spring.cloud.aws.credentials.profile.name=production",
				"--spring.cloud.aws.credentials.instance-profile=true", "--AWS_ACCESS_KEY_ID=real")) {
			assertThat(context.getBean(AwsCredentialsProvider.class).resolveCredentials().accessKeyId())
				.isEqualTo(LocalBroker.ACCESS_KEY_ID);
		}
	}

	@Test
	void printsACommandThatPublishesToAFifoTopic() {
		try (LocalBroker broker = LocalBroker.start()) {
			assertThat(LocalBrokerStart.publishCommand(broker, "arn:aws:sns:us-east-1:000000000000:orders.fifo"))
				.endsWith(" --message-group-id local --message-deduplication-id \"$(date +%s)\"");
			assertThat(LocalBrokerStart.publishCommand(broker, "arn:aws:sns:us-east-1:000000000000:orders"))
				.doesNotContain("group");
		}
	}

	@Test
	void decidesWhenItRunsWhetherThereIsABroker() {
		try (ConfigurableApplicationContext context = run("--pubsub.local.enabled=false",
				"--pubsub.consumer.enabled=false", "--spring.cloud.aws.region.static=eu-west-1")) {
			assertThat(context.getBeanFactory().containsBeanDefinition("pubSubLocalBroker")).isTrue();
			assertThat(context.getBeanProvider(LocalBroker.class).getIfAvailable()).isNull();
		}
	}

	@Test
	void leavesEverythingAloneWhenItIsNotEnabled() {
		try (ConfigurableApplicationContext context = run("--pubsub.local.enabled=false",
				"--pubsub.consumer.enabled=false", "--spring.cloud.aws.region.static=eu-west-1")) {
			assertThat(context.getBeanProvider(LocalBroker.class).getIfAvailable()).isNull();
			assertThat(context.getEnvironment().getProperty("pubsub.source")).isNull();
		}
	}

	private static MockEnvironment service(String name) {
		return new MockEnvironment().withProperty("spring.application.name", name)
			.withProperty("pubsub.local.enabled", "true");
	}

	private static MockEnvironment prepareCommand(MockEnvironment environment) {
		environment.setProperty(CommandLineProperties.COMMAND, "read");
		new LocalBrokerEnvironmentPostProcessor(Supplier::get).postProcessEnvironment(environment,
				new SpringApplication());
		return environment;
	}

	private static String messages(SqsAsyncClient sqs, String queueUrl) {
		return attribute(sqs, queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
	}

	private static String redrive(SqsAsyncClient sqs, String queueUrl) {
		return attribute(sqs, queueUrl, QueueAttributeName.REDRIVE_POLICY);
	}

	private static String attribute(SqsAsyncClient sqs, String queueUrl, QueueAttributeName name) {
		return sqs.getQueueAttributes((request) -> request.queueUrl(queueUrl).attributeNames(name))
			.join()
			.attributes()
			.get(name);
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return run(List.of(), arguments);
	}

	private static ConfigurableApplicationContext run(List<Class<?>> more, String... arguments) {
		SpringApplication application = new SpringApplication(Service.class);
		application.addPrimarySources(more);
		application.setDefaultProperties(Map.of("pubsub.local.enabled", "true", "pubsub.organization", "example"));
		return application.run(arguments);
	}

	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SqsAutoConfiguration.class, SnsAutoConfiguration.class,
			PubSubAutoConfiguration.class, PubSubLocalAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
			PubSubInputAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
			PubSubConsumerAutoConfiguration.class })
	static class Service {

		@Bean
		ScannedHandler scannedHandler() {
			return new ScannedHandler();
		}

	}

	@EnableConfigurationProperties(S3Properties.class)
	static class S3Settings {

	}

	static class OwnS3Client {

		@Bean
		S3Client ownS3Client(@Value("${own.endpoint}") String endpoint) {
			return S3Client.builder()
				.region(Region.EU_CENTRAL_1)
				.endpointOverride(endpoint.isEmpty() ? null : URI.create(endpoint))
				.credentialsProvider(AnonymousCredentialsProvider.create())
				.build();
		}

	}

}
