package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.pubsub.aws.batch.Unconfirmed;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Finds the queue, once: asks until there is an answer, then keeps it.
 */
final class QueueResolver {

	private final AwsRequestOverrideConfiguration timeouts = AwsRequestOverrideConfiguration.builder()
		.apiCallTimeout(Duration.ofSeconds(10))
		.build();

	private final SqsAsyncClient client;

	private final QueueAddress address;

	private volatile @Nullable ResolvedQueue queue;

	/**
	 * Makes a resolver.
	 * @param client the client that is asked
	 * @param address the queue
	 * @throws IllegalArgumentException if the queue is not where the client asks
	 */
	QueueResolver(SqsAsyncClient client, QueueAddress address) {
		address.checkFor(client);
		this.client = client;
		this.address = address;
	}

	/**
	 * The queue.
	 * @return completes with a {@link QueueNotFoundException}, a
	 * {@link QueueAccessDeniedException} or what else was in the way
	 */
	CompletableFuture<ResolvedQueue> resolve() {
		ResolvedQueue known = this.queue;
		return (known != null) ? CompletableFuture.completedFuture(known) : find();
	}

	/**
	 * The queue that was found.
	 * @return the queue
	 * @throws IllegalStateException if it was not found yet
	 */
	ResolvedQueue resolved() {
		ResolvedQueue known = this.queue;
		if (known == null) {
			throw new IllegalStateException("the queue \"" + this.address + "\" was not found yet");
		}
		return known;
	}

	QueueAddress address() {
		return this.address;
	}

	private CompletableFuture<ResolvedQueue> find() {
		return url().thenCompose(this::describe).thenApply((found) -> {
			this.queue = found;
			return found;
		});
	}

	CompletableFuture<String> url() {
		String url = this.address.url();
		if (url != null) {
			return CompletableFuture.completedFuture(url);
		}
		GetQueueUrlRequest request = GetQueueUrlRequest.builder()
			.queueName(this.address.name())
			.queueOwnerAWSAccountId(this.address.account())
			.overrideConfiguration(this.timeouts)
			.build();
		return named("GetQueueUrl", this.client.getQueueUrl(request)).thenApply(this::urlIn);
	}

	private String urlIn(GetQueueUrlResponse response) {
		if (response.queueUrl() == null) {
			throw new IllegalStateException(
					Unconfirmed.text("SQS", this.address.text(), "QueueUrl", response.sdkHttpResponse()));
		}
		return response.queueUrl();
	}

	private CompletableFuture<ResolvedQueue> describe(String url) {
		GetQueueAttributesRequest request = GetQueueAttributesRequest.builder()
			.queueUrl(url)
			.attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT)
			.overrideConfiguration(this.timeouts)
			.build();
		return named("GetQueueAttributes", this.client.getQueueAttributes(request))
			.thenApply((response) -> new ResolvedQueue(url, visibility(response.attributes())));
	}

	private static Visibility visibility(Map<QueueAttributeName, String> attributes) {
		String seconds = attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT);
		return (seconds != null) ? new Visibility(Integer.parseInt(seconds)) : Visibility.DEFAULT;
	}

	private <T> CompletableFuture<T> named(String operation, CompletableFuture<T> call) {
		Function<Throwable, CompletableFuture<T>> translate = (failure) -> CompletableFuture
			.failedFuture(QueueFailures.translate(this.address.text(), operation, failure));
		return call.exceptionallyCompose(translate);
	}

}
