package io.pubsub.aws.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.pubsub.local.LocalBroker;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SqsSource} and {@link SqsConsumer} on a real server.
 */
class ElasticMqTests {

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private static LocalBroker broker;

	private static SqsAsyncClient client;

	private String url;

	@BeforeAll
	static void start() {
		broker = LocalBroker.start();
		client = SqsAsyncClient.builder()
			.endpointOverride(broker.sqsEndpoint())
			.region(Region.of(broker.region()))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
			.build();
	}

	@AfterAll
	static void stop() {
		client.close();
		broker.close();
	}

	@BeforeEach
	void createQueue(TestInfo test) {
		this.url = broker.createQueue(test.getTestMethod().orElseThrow().getName());
	}

	@Test
	void drainsTheQueue() {
		send(200);
		Subscription subscription = new SqsSource(client, options()).start(Delivery::ack);
		Awaitility.await().untilAsserted(() -> assertThat(left()).containsOnly("0"));
		subscription.stop(DRAIN);
	}

	@Test
	void deliversAgainWhatWasHandedBack() {
		send(1);
		List<Delivery> deliveries = new CopyOnWriteArrayList<>();
		Subscription subscription = new SqsSource(client,
				options().toBuilder().backoff(BackoffPolicy.fixed(Duration.ZERO)).build())
			.start((delivery) -> {
				deliveries.add(delivery);
				delivery.nack((deliveries.size() > 2) ? Duration.ofMinutes(5) : null);
			});
		Awaitility.await().until(() -> deliveries.size() == 3);
		subscription.stop(DRAIN);
		assertThat(deliveries).extracting(Delivery::attempt).containsExactly(1, 2, 3);
	}

	@Test
	void whenStoppedMakesUnbegunMessagesVisible() {
		send(10);
		List<Delivery> deliveries = new CopyOnWriteArrayList<>();
		Subscription subscription = new SqsSource(client, options()).start(deliveries::add);
		Awaitility.await().until(() -> deliveries.size() == 10);
		subscription.stop(DRAIN);
		Awaitility.await().untilAsserted(() -> assertThat(left()).containsExactlyInAnyOrder("10", "0"));
	}

	@Test
	void whenItsHandlersAreSlowLeavesTheRestToAnotherInstance() {
		send(20);
		List<Delivery> slow = new CopyOnWriteArrayList<>();
		List<Delivery> other = new CopyOnWriteArrayList<>();
		Subscription one = new SqsSource(client, options().toBuilder().concurrency(4).build()).start(slow::add);
		Awaitility.await().until(() -> slow.size() == 4);
		Subscription two = new SqsSource(client, options().toBuilder().concurrency(20).build()).start(other::add);
		Awaitility.await().until(() -> other.size() == 16);
		assertThat(slow).hasSize(4);
		one.stop(Duration.ZERO);
		two.stop(Duration.ZERO);
	}

	@Test
	void consumesWhatCameBesideTheBody() throws Exception {
		client
			.sendMessage((request) -> request.queueUrl(this.url)
				.messageBody("{}")
				.messageAttributes(Map.of("media_type",
						MessageAttributeValue.builder().dataType("String").stringValue("a").build())))
			.join();
		try (SqsConsumer consumer = SqsConsumer.builder(client, this.url).build()) {
			Delivery delivery = consumer.consume().get(0);
			assertThat(delivery.message().attributes()).containsExactly(Map.entry("media_type", "a"));
			assertThat(delivery.message().sentAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
			assertThat(delivery.<String>use((taken) -> taken.message().body())).isEqualTo("{}");
		}
		assertThat(left()).containsOnly("0");
	}

	@Test
	void whenTheQueueDoesNotExistFails() {
		SqsSource source = new SqsSource(client, SqsSourceOptions.forQueue(this.url + "-not"));
		assertThatExceptionOfType(QueueNotFoundException.class).isThrownBy(() -> source.start(Delivery::ack));
	}

	private SqsSourceOptions options() {
		return SqsSourceOptions.builder(this.url).pollWait(Duration.ofSeconds(1)).build();
	}

	private void send(int count) {
		IntStream.range(0, count)
			.mapToObj((number) -> client.sendMessage((request) -> request.queueUrl(this.url).messageBody("{}")))
			.toList()
			.forEach((sent) -> sent.join());
	}

	private List<String> left() {
		return List
			.copyOf(client
				.getQueueAttributes((request) -> request.queueUrl(this.url)
					.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
							QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
				.join()
				.attributes()
				.values());
	}

}
