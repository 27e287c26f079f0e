package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.pubsub.dispatch.DeadLetterDetail;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.Verdict;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue with its queue for dead letters, both of which a test fills.
 */
final class Letters implements AutoCloseable {

	static final String MEDIA_TYPE = "application/vnd.example.order";

	// For all tests of the process, since it takes a while to start.
	private static final LocalBroker broker = LocalBroker.start();

	// A client takes two seconds to close its own.
	private static final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();

	private static final AtomicInteger number = new AtomicInteger();

	private final SqsAsyncClient sqs = client();

	private final String source;

	private final String dead;

	/**
	 * Makes the two queues.
	 * @param suffix the end of their names, such as that of FIFO queues
	 */
	Letters(String suffix) {
		int own = number.incrementAndGet();
		this.source = "orders-" + own + suffix;
		this.dead = "dead-" + own + suffix;
		broker.createQueue(this.source,
				QueueOptions.defaults().withVisibilityTimeout(Duration.ofSeconds(1)).withDeadLetterQueue(this.dead, 1));
	}

	SqsAsyncClient client(ExecutionInterceptor... interceptors) {
		return SqsAsyncClient.builder()
			.endpointOverride(broker.sqsEndpoint())
			.httpClient(http)
			.region(Region.of(broker.region()))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
			.overrideConfiguration((client) -> client.executionInterceptors(List.of(interceptors)))
			.build();
	}

	DeadLetterQueue queue() {
		return queue(this.sqs);
	}

	DeadLetterQueue queue(SqsAsyncClient client) {
		return new DeadLetterQueue(client, this.dead, Letters::judge, UnaryOperator.identity(), Timekeeper.shared());
	}

	private static @Nullable Verdict judge(InboundMessage message, @Nullable String source) {
		boolean passes = message.body().startsWith("good");
		return new Verdict(MEDIA_TYPE, "orderHandler", passes ? null : "invalid", null, List.of());
	}

	String source() {
		return this.source;
	}

	String dead() {
		return this.dead;
	}

	SqsAsyncClient sqs() {
		return this.sqs;
	}

	/**
	 * Puts letters there as a daemon does.
	 * @param bodies their bodies
	 * @return the id of the last one
	 */
	String write(String... bodies) {
		String id = "";
		for (String body : bodies) {
			id = writeOne(body, UUID.randomUUID().toString(), null);
		}
		return id;
	}

	String writeOne(String body, String messageId, @Nullable String group) {
		DeadLetterDetail detail = new DeadLetterDetail(messageId, this.source, 3, null, "orderHandler",
				IllegalStateException.class.getName(), null, List.of(), null, null, null, Map.of("surplus", "kept"));
		return this.sqs
			.sendMessage((request) -> request.queueUrl(broker.queueUrl(this.dead))
				.messageBody(body)
				.messageAttributes(Map.of(DeadLetters.REASON, LetterReader.string("attempts"), DeadLetters.DETAIL,
						LetterReader.string(detail.toJson()), "tenant", LetterReader.string("blue")))
				.messageGroupId(group)
				.messageDeduplicationId((group != null) ? UUID.randomUUID().toString() : null))
			.join()
			.messageId();
	}

	/**
	 * Has SQS move messages there.
	 * @param bodies their bodies
	 */
	void redrive(String... bodies) {
		String url = broker.queueUrl(this.source);
		for (String body : bodies) {
			this.sqs.sendMessage((request) -> request.queueUrl(url).messageBody(body)).join();
		}
		IntStream.range(0, 2).forEach((time) -> handBack(url));
	}

	private void handBack(String url) {
		receive(url).forEach((message) -> this.sqs
			.changeMessageVisibility(
					(request) -> request.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0))
			.join());
	}

	/**
	 * What is in the queue that the letters came from.
	 * @return the messages, hidden for a second
	 */
	List<Message> replayed() {
		return receive(broker.queueUrl(this.source));
	}

	private List<Message> receive(String url) {
		return this.sqs
			.receiveMessage((request) -> request.queueUrl(url)
				.maxNumberOfMessages(10)
				.messageAttributeNames("All")
				.messageSystemAttributeNames(MessageSystemAttributeName.ALL))
			.join()
			.messages();
	}

	String url(String queue) {
		return broker.queueUrl(queue);
	}

	int count(String queue) {
		return Integer.parseInt(this.sqs
			.getQueueAttributes((request) -> request.queueUrl(broker.queueUrl(queue))
				.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
			.join()
			.attributes()
			.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
	}

	@Override
	public void close() {
		this.sqs.close();
	}

}
