package io.pubsub.aws.faults;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.local.LocalBrokerApplication;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The local broker in a process of its own.
 */
final class BrokerProcess implements AutoCloseable {

	private static final Pattern ADDRESS = Pattern.compile("LocalBroker\\[sqs=(.+), sns=.+, s3=(.+)]");

	private final ChildJvm process;

	private final URI endpoint;

	private final URI s3Endpoint;

	private final SqsAsyncClient client;

	private BrokerProcess(ChildJvm process, MatchResult address) {
		this.process = process;
		this.endpoint = URI.create(address.group(1));
		this.s3Endpoint = URI.create(address.group(2));
		this.client = SqsClients.at(this.endpoint);
	}

	static BrokerProcess start() {
		CompletableFuture<MatchResult> started = new CompletableFuture<>();
		ChildJvm process = ChildJvm.start(LocalBrokerApplication.class, (line) -> {
			Matcher address = ADDRESS.matcher(line);
			if (address.matches()) {
				started.complete(address.toMatchResult());
			}
		}, "--sqs-port=0", "--sns-port=0", "--s3-port=0");
		return new BrokerProcess(process, started.orTimeout(Faults.PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
	}

	URI endpoint() {
		return this.endpoint;
	}

	URI s3Endpoint() {
		return this.s3Endpoint;
	}

	/**
	 * Creates a queue that nobody else uses.
	 * @param visibilityTimeout the time for which it hides what was received
	 * @return the queue, on a way to it that has no faults
	 */
	TestQueue createQueue(Duration visibilityTimeout) {
		return create("", Map.of(), visibilityTimeout);
	}

	/**
	 * Creates a FIFO queue that nobody else uses.
	 * @param visibilityTimeout the time for which it hides what was received
	 * @return the queue, on a way to it that has no faults
	 */
	TestQueue createFifoQueue(Duration visibilityTimeout) {
		return create(".fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"), visibilityTimeout);
	}

	private TestQueue create(String suffix, Map<QueueAttributeName, String> kind, Duration visibilityTimeout) {
		Map<QueueAttributeName, String> attributes = new HashMap<>(kind);
		attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "" + visibilityTimeout.toSeconds());
		String url = this.client
			.createQueue((request) -> request.queueName("faults-" + UUID.randomUUID() + suffix).attributes(attributes))
			.join()
			.queueUrl();
		return new TestQueue(this.client, url);
	}

	@Override
	public void close() {
		this.client.close();
		this.process.close();
	}

}
