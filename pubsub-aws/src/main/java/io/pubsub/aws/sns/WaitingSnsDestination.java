package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * {@link Destination} that publishes a single message in the thread of the caller, with
 * the blocking client, and several at a time as the asynchronous one does.
 */
final class WaitingSnsDestination implements Destination {

	// As many as the blocking client has connections by default: it soon gives up to wait
	// for one, and does not try again.
	private static final int CALLS_IN_FLIGHT = 50;

	private final Semaphore permits = new Semaphore(CALLS_IN_FLIGHT, true);

	private final SnsClient client;

	private final SnsDestination several;

	private final Duration limit;

	private final AwsRequestOverrideConfiguration timeout;

	WaitingSnsDestination(SnsClient client, SnsDestination several, Duration timeout) {
		this.client = client;
		this.several = several;
		this.limit = timeout;
		this.timeout = AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build();
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return (messages.size() == 1) ? CompletableFuture.completedFuture(List.of(publish(messages.get(0))))
				: this.several.publish(messages);
	}

	private PublishResult publish(OutboundMessage message) {
		Exception fault = this.several.rules().faultOf(message);
		return (fault != null) ? PublishResult.refused(fault) : send(message);
	}

	private PublishResult send(OutboundMessage message) {
		String topicArn = message.address();
		try {
			if (!this.permits.tryAcquire(this.limit.toNanos(), TimeUnit.NANOSECONDS)) {
				return PublishResult.failed(TopicFailures.busy(topicArn, this.limit));
			}
		}
		catch (InterruptedException ex) {
			return interrupted(topicArn, ex);
		}
		try {
			PublishResponse response = this.client
				.publish(TopicCall.request(message).overrideConfiguration(this.timeout).build());
			return TopicCall.answer(topicArn, response.messageId(), response).result();
		}
		catch (AbortedException ex) {
			return interrupted(topicArn, ex);
		}
		catch (RuntimeException ex) {
			return PublishResult.failed(TopicFailures.of(topicArn, this.limit, ex));
		}
		finally {
			this.permits.release();
		}
	}

	private static PublishResult interrupted(String topicArn, Exception ex) {
		Thread.currentThread().interrupt();
		return PublishResult.failed(TopicFailures.interrupted(topicArn, ex));
	}

	@Override
	public AddressRules rules() {
		return this.several.rules();
	}

}
