package io.pubsub.autoconfigure.local;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.local.LocalBroker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for a service on a broker that an {@link AwsConnectionDetails} bean tells of, as
 * {@code @ServiceConnection} on a LocalStack container and Docker Compose make one.
 */
class ServiceConnectionTests {

	private static LocalBroker container;

	@BeforeAll
	static void startContainer() {
		container = LocalBroker.start();
		container.createQueue("orders");
	}

	@AfterAll
	static void stopContainer() {
		container.close();
	}

	@Test
	void consumesAQueueOfTheContainerByItsName() {
		try (ConfigurableApplicationContext context = run("--pubsub.source=orders")) {
			assertHandles(context);
		}
	}

	@Test
	void consumesAQueueOfTheContainerByItsUrl() {
		try (ConfigurableApplicationContext context = run("--pubsub.source=" + container.queueUrl("orders"))) {
			assertHandles(context);
		}
	}

	@Test
	void makesAllClientsForTheContainer() {
		try (ConfigurableApplicationContext context = run("--pubsub.consumer.enabled=false")) {
			assertIsForTheContainer(context.getBean(SqsAsyncClient.class).serviceClientConfiguration());
			assertIsForTheContainer(context.getBean(SnsAsyncClient.class).serviceClientConfiguration());
			assertIsForTheContainer(context.getBean(SnsClient.class).serviceClientConfiguration());
		}
	}

	@Test
	void isRefusedBesideTheEmbeddedBroker() {
		assertThatException().isThrownBy(() -> run("--pubsub.local.enabled=true").close())
			.havingRootCause()
			.isInstanceOf(LocalBrokerUnusableException.class)
			.withMessageContaining("AwsConnectionDetails")
			.withMessageContaining("awsContainer");
	}

	private static void assertHandles(ConfigurableApplicationContext context) {
		context.getBean(SqsAsyncClient.class)
			.sendMessage((message) -> message.queueUrl(container.queueUrl("orders"))
				.messageBody("{\"mediaType\":\"application/vnd.example.pubsub._.created.scanned\",\"text\":\"hello\"}"))
			.join();
		List<ScannedMessage> handled = context.getBean(ScannedHandler.class).handled;
		Awaitility.await().untilAsserted(() -> assertThat(handled).containsExactly(new ScannedMessage("hello")));
	}

	private static void assertIsForTheContainer(AwsServiceClientConfiguration client) {
		assertThat(client.endpointOverride()).contains(container.sqsEndpoint());
		assertThat(client.region().id()).isEqualTo("eu-west-3");
		assertThat(client.credentialsProvider().resolveIdentity().join().accessKeyId()).isEqualTo("container");
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(Service.class);
		application.setDefaultProperties(Map.of("pubsub.organization", "example", "pubsub.consumer.poll-wait", "1s"));
		return application.run(arguments);
	}

	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SqsAutoConfiguration.class, SnsAutoConfiguration.class,
			PubSubAutoConfiguration.class, PubSubLocalAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
			PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class })
	static class Service {

		@Bean
		AwsConnectionDetails awsContainer() {
			return new Container();
		}

		@Bean
		ScannedHandler scannedHandler() {
			return new ScannedHandler();
		}

	}

	static class Container implements AwsConnectionDetails {

		@Override
		public URI getEndpoint() {
			return container.sqsEndpoint();
		}

		@Override
		public String getRegion() {
			return "eu-west-3";
		}

		@Override
		public String getAccessKey() {
			return "container";
		}

		@Override
		public String getSecretKey() {
			return "secret";
		}

	}

}
