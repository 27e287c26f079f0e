package io.pubsub.console;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.aws.sqs.QueueClient;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.internal.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Samples how many messages wait in queues of SQS: two requests a minute for each. Safe
 * for use by many threads.
 */
final class DepthProbe implements Sampler.Probe {

	private static final Logger logger = LoggerFactory.getLogger(DepthProbe.class);

	private static final int EVERY = 3;

	private static final QueueAttributeName DEPTH = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;

	private final Map<String, QueueClient> queues = new ConcurrentHashMap<>();

	private final SqsAsyncClient sqs;

	private final Gauges gauges;

	DepthProbe(SqsAsyncClient sqs, Gauges gauges) {
		this.sqs = sqs;
		this.gauges = gauges;
	}

	static String name(String consumer) {
		return "depth/" + consumer;
	}

	@Override
	public void sample(ManagedDaemon daemon, long slot) {
		String source = daemon.source();
		boolean due = slot % EVERY == 0 || !this.queues.containsKey(daemon.name());
		if (due && source != null && daemon.daemon().source() instanceof SqsSource) {
			CompletableFuture<?> unused = this.queues
				.computeIfAbsent(daemon.name(), (key) -> new QueueClient(this.sqs, source))
				.send("GetQueueAttributes",
						(client, url) -> client
							.getQueueAttributes((request) -> request.queueUrl(url).attributeNames(DEPTH)))
				.thenAccept((response) -> this.gauges.set(name(daemon.name()), slot, depth(response)))
				.exceptionally((failure) -> {
					logger.debug("Cannot ask how many messages wait in {}", LogText.of(source), failure);
					return null;
				});
		}
	}

	private static long depth(GetQueueAttributesResponse response) {
		return Long.parseLong(response.attributes().getOrDefault(DEPTH, "0"));
	}

}
