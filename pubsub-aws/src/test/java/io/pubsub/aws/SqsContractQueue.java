package io.pubsub.aws;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.test.QueueUnderTest;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * {@link QueueUnderTest} on SQS.
 */
final class SqsContractQueue implements QueueUnderTest {

	private final SqsAsyncClient client;

	private final Duration visibilityTimeout;

	private final String url;

	// Long enough for a busy machine: the tests wait side by side.
	SqsContractQueue(Broker broker) {
		this(broker, Duration.ofSeconds(10));
	}

	SqsContractQueue(Broker broker, Duration visibilityTimeout) {
		this.client = broker.sqs();
		this.visibilityTimeout = visibilityTimeout;
		this.url = broker.createQueue(visibilityTimeout);
	}

	@Override
	public Duration unit() {
		return Duration.ofSeconds(2);
	}

	@Override
	public Duration visibilityTimeout() {
		return this.visibilityTimeout;
	}

	@Override
	public Source source(int limit, BackoffPolicy backoff) {
		return new SqsSource(this.client,
				SqsSourceOptions.builder(this.url)
					.concurrency(limit)
					.maxPrefetch(0)
					.pollWait(Duration.ofSeconds(1))
					.backoff(backoff)
					.build());
	}

	@Override
	public void send(String body, Map<String, String> attributes) {
		Map<String, MessageAttributeValue> values = new HashMap<>();
		attributes.forEach((name, value) -> values.put(name,
				MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
		this.client.sendMessage((request) -> request.queueUrl(this.url).messageBody(body).messageAttributes(values))
			.join();
	}

}
