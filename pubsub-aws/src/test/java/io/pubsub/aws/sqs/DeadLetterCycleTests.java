package io.pubsub.aws.sqs;

import java.net.URI;
import java.util.UUID;

import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link DeadLetterCycle}.
 */
class DeadLetterCycleTests {

	private static LocalBroker broker;

	private static SqsAsyncClient sqs;

	private static SnsAsyncClient sns;

	private final String source = "source-" + UUID.randomUUID();

	private final String dead = "dead-" + UUID.randomUUID();

	@BeforeAll
	static void start() {
		broker = LocalBroker.start();
		sqs = configure(SqsAsyncClient.builder(), broker.sqsEndpoint()).build();
		sns = configure(SnsAsyncClient.builder(), broker.snsEndpoint()).build();
	}

	private static <B extends AwsClientBuilder<B, ?>> B configure(B builder, URI endpoint) {
		return builder.endpointOverride(endpoint)
			.region(Region.of(broker.region()))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)));
	}

	@AfterAll
	static void stop() {
		sns.close();
		sqs.close();
		broker.close();
	}

	@Test
	void refusesTheSourceItselfHoweverItIsCalled() {
		String url = broker.createQueue(this.source);
		String arn = "arn:aws:sqs:%s:%s:%s".formatted(broker.region(), broker.accountId(), this.source);
		assertThatIllegalArgumentException().isThrownBy(() -> cycle(this.source).refuseQueue(url))
			.withMessageContainingAll(this.source, "the same queue", "name another one");
		assertThatIllegalArgumentException().isThrownBy(() -> cycle(url).refuseQueue(arn))
			.withMessageContaining("the same queue");
	}

	@Test
	void refusesAQueueWhoseRedrivePolicyLeadsBack() {
		broker.createQueue(this.source);
		broker.createQueue(this.dead, QueueOptions.defaults().withDeadLetterQueue(this.source, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> cycle(this.source).refuseQueue(this.dead))
			.withMessageContainingAll(this.source, this.dead, "redrive policy leads back");
	}

	@Test
	void takesTheDeadLetterQueueOfTheSource() {
		broker.createQueue(this.dead);
		broker.createQueue(this.source, QueueOptions.defaults().withDeadLetterQueue(this.dead, 3));
		assertThatNoException().isThrownBy(() -> cycle(this.source).refuseQueue(this.dead));
	}

	@Test
	void leavesAQueueThatIsNotThereToWhoeverSendsToIt() {
		broker.createQueue(this.source);
		assertThatNoException().isThrownBy(() -> cycle(this.source).refuseQueue(this.dead));
	}

	@Test
	void refusesATopicToWhichTheSourceIsSubscribed() {
		broker.createQueue(this.source);
		String topic = broker.createTopic(this.dead);
		broker.subscribe(topic, this.source, true, null);
		assertThatIllegalArgumentException().isThrownBy(() -> cycle(this.source).refuseTopic(sns, topic))
			.withMessageContainingAll(this.source, topic, "subscribed");
	}

	@Test
	void takesATopicOfOthers() {
		broker.createQueue(this.source);
		broker.createQueue(this.dead);
		String topic = broker.createTopic(this.dead);
		broker.subscribe(topic, this.dead, true, null);
		assertThatNoException().isThrownBy(() -> cycle(this.source).refuseTopic(sns, topic));
	}

	private static DeadLetterCycle cycle(String queue) {
		return new DeadLetterCycle(sqs, queue);
	}

}
