package io.pubsub.benchmarks.consume;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.jashmore.sqs.QueueProperties;
import com.jashmore.sqs.broker.concurrent.ConcurrentMessageBroker;
import com.jashmore.sqs.broker.concurrent.StaticConcurrentMessageBrokerProperties;
import com.jashmore.sqs.container.CoreMessageListenerContainer;
import com.jashmore.sqs.processor.LambdaMessageProcessor;
import com.jashmore.sqs.resolver.batching.BatchingMessageResolver;
import com.jashmore.sqs.resolver.batching.StaticBatchingMessageResolverProperties;
import com.jashmore.sqs.retriever.prefetch.PrefetchingMessageRetriever;
import com.jashmore.sqs.retriever.prefetch.StaticPrefetchingMessageRetrieverProperties;
import io.pubsub.benchmarks.scenario.MessageJson;

/**
 * The container of java-dynamic-sqs-listener with its fastest parts: as many messages
 * prefetched as are handled at once, and deletes in batches. Its ready-made prefetching
 * container deletes one by one.
 */
final class DynamicSqsConsumer {

	private static final Duration VISIBILITY = Duration.ofSeconds(30);

	private static final Duration POLLING_RATE = Duration.ofMinutes(1);

	private static final Duration LINGER = Duration.ofMillis(50);

	private static final Duration ERROR_BACKOFF = Duration.ofMillis(200);

	private static final int BATCH = 10;

	private final Setup setup;

	private final QueueProperties queue;

	private final MessageJson json = new MessageJson();

	private DynamicSqsConsumer(Setup setup) {
		this.setup = setup;
		this.queue = QueueProperties.builder().queueUrl(setup.queueUrl()).build();
	}

	static void start(Setup setup) {
		DynamicSqsConsumer consumer = new DynamicSqsConsumer(setup);
		CompletableFuture<?> unused = new CoreMessageListenerContainer("benchmark", consumer::broker,
				consumer::retriever, consumer::processor, consumer::resolver)
			.start();
	}

	private ConcurrentMessageBroker broker() {
		return new ConcurrentMessageBroker(StaticConcurrentMessageBrokerProperties.builder()
			.concurrencyLevel(this.setup.concurrency())
			.preferredConcurrencyPollingRate(POLLING_RATE)
			.errorBackoffTime(ERROR_BACKOFF)
			.build());
	}

	private PrefetchingMessageRetriever retriever() {
		return new PrefetchingMessageRetriever(this.setup.client(), this.queue,
				StaticPrefetchingMessageRetrieverProperties.builder()
					.desiredMinPrefetchedMessages(this.setup.concurrency())
					.maxPrefetchedMessages(2 * this.setup.concurrency())
					.messageVisibilityTimeout(VISIBILITY)
					.errorBackoffTime(ERROR_BACKOFF)
					.build());
	}

	private LambdaMessageProcessor processor() {
		return new LambdaMessageProcessor(this.setup.client(), this.queue,
				(message) -> this.setup.decodeAndHandle(this.json, message.body()));
	}

	private BatchingMessageResolver resolver() {
		return new BatchingMessageResolver(this.queue, this.setup.client(),
				StaticBatchingMessageResolverProperties.builder()
					.bufferingSizeLimit(BATCH)
					.bufferingTime(LINGER)
					.build());
	}

}
