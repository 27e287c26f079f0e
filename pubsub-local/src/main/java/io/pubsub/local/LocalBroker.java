package io.pubsub.local;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.pubsub.local.internal.policy.ResourcePolicy;
import io.pubsub.local.internal.policy.ServiceCall;
import io.pubsub.local.internal.s3.S3Exception;
import io.pubsub.local.internal.sns.Arns;
import io.pubsub.local.internal.sns.SnsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SNS, SQS and S3 inside this JVM, bound to the loopback address only. Messages are kept
 * in memory and objects in temporary files, and all are gone after {@link #close()}. Safe
 * for use by several threads.
 *
 * @since 0.1.0
 */
public final class LocalBroker implements AutoCloseable {

	/** An access key id to configure clients with; the broker takes any. */
	public static final String ACCESS_KEY_ID = "local";

	/** A secret access key to configure clients with; the broker takes any. */
	public static final String SECRET_ACCESS_KEY = "local";

	private static final Logger logger = LoggerFactory.getLogger(LocalBroker.class);

	private final Actors actors;

	private final EmbeddedSqs sqs;

	private final Queues queues;

	private final SnsServer sns;

	private final S3Server s3;

	private final AtomicBoolean closed = new AtomicBoolean();

	private LocalBroker(Actors actors, EmbeddedSqs sqs, Queues queues, SnsServer sns, S3Server s3) {
		this.actors = actors;
		this.sqs = sqs;
		this.queues = queues;
		this.sns = sns;
		this.s3 = s3;
	}

	/**
	 * Start a broker on free ports.
	 * @return the broker, ready for use
	 */
	public static LocalBroker start() {
		return builder().start();
	}

	/**
	 * Return a builder for a broker on ports of choice.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the address that SQS clients connect to.
	 * @return the endpoint
	 */
	public URI sqsEndpoint() {
		return this.sqs.endpoint();
	}

	/**
	 * Return the address that SNS clients connect to.
	 * @return the endpoint
	 */
	public URI snsEndpoint() {
		return this.sns.endpoint();
	}

	/**
	 * Return the address that S3 clients connect to. Clients that put the name of the
	 * bucket into the host name find it at {@code localhost} and the same port.
	 * @return the endpoint
	 */
	public URI s3Endpoint() {
		return this.s3.endpoint();
	}

	/**
	 * Return the region of all topics, queues and buckets.
	 * @return the region, for clients to be configured with
	 */
	public String region() {
		return Arns.REGION;
	}

	/**
	 * Return the account of all topics and queues.
	 * @return the account id, as it appears in ARNs
	 */
	public String accountId() {
		return Arns.ACCOUNT;
	}

	/**
	 * Create a topic, unless it exists. It is FIFO if its name ends in {@code .fifo}.
	 * @param name the topic's name
	 * @return its ARN
	 * @throws LocalBrokerException if there is no topic of that name in SNS
	 */
	public String createTopic(String name) {
		Map<String, String> attributes = Arns.isFifo(name) ? Map.of("FifoTopic", "true") : Map.of();
		return ask(() -> this.sns.sns().createTopic(name, attributes));
	}

	/**
	 * Create a queue with the defaults of SQS, unless it exists. It is FIFO if its name
	 * ends in {@code .fifo}.
	 * @param name the queue's name
	 * @return its URL
	 * @throws LocalBrokerException if there is no queue of that name in SQS
	 */
	public String createQueue(String name) {
		return createQueue(name, QueueOptions.defaults());
	}

	/**
	 * Create a queue and its dead-letter queue, unless they exist. They are FIFO if their
	 * names end in {@code .fifo}.
	 * @param name the queue's name
	 * @param options the options of the queue
	 * @return its URL
	 * @throws LocalBrokerException if the queue exists with other options, or there is no
	 * queue of that name in SQS
	 */
	public String createQueue(String name, QueueOptions options) {
		return this.queues.create(name, options);
	}

	/**
	 * Subscribe a queue to a topic, unless it is subscribed. The policy of the queue gets
	 * a statement that lets the topic send, without which SNS delivers nothing.
	 * @param topicArn the ARN of the topic, which must exist
	 * @param queue name or ARN of the queue
	 * @param rawDelivery whether the queue gets the bare message instead of the envelope
	 * @param filterPolicy the JSON of a filter policy on message attributes, {@code null}
	 * for all messages
	 * @return the ARN of the subscription
	 * @throws LocalBrokerException if the topic does not exist, the filter policy is
	 * wrong, or the queue is subscribed in another way
	 */
	public String subscribe(String topicArn, String queue, boolean rawDelivery, @Nullable String filterPolicy) {
		Map<String, String> attributes = new HashMap<>();
		attributes.put("RawMessageDelivery", String.valueOf(rawDelivery));
		if (filterPolicy != null) {
			attributes.put("FilterPolicy", filterPolicy);
		}
		String subscription = ask(() -> this.sns.sns().subscribe(topicArn, Arns.queue(queue), attributes));
		allow(topicArn, Arns.queue(queue));
		return subscription;
	}

	private void allow(String topicArn, String queueArn) {
		String queue = queueArn.substring(queueArn.lastIndexOf(':') + 1);
		ServiceCall call = new ServiceCall("sns.amazonaws.com", "sqs:SendMessage", queueArn, topicArn, Arns.ACCOUNT);
		if (this.queues.exists(queue)) {
			this.actors.policies()
				.change(queue,
						(policy) -> (ResourcePolicy.of(policy).refusal(call) != null)
								? ResourcePolicy.of(policy)
									.allowing("pubsub-local-" + topicArn.substring(topicArn.lastIndexOf(':') + 1), call)
								: String.valueOf(policy));
		}
	}

	/**
	 * Create a bucket, unless it exists.
	 * @param name the bucket's name
	 * @throws LocalBrokerException if there is no bucket of that name in S3
	 */
	public void createBucket(String name) {
		run(() -> this.s3.s3().createBucket(name));
	}

	/**
	 * Have a bucket tell a queue or a topic of its objects, and nobody else. The policy
	 * of the queue or the topic gets a statement that allows it. No test event is sent.
	 * @param bucket the bucket's name
	 * @param target name or ARN of the queue, or ARN of the topic
	 * @param events the events, such as {@code s3:ObjectCreated:*}
	 * @param prefix the beginning of the keys of the objects, empty for any
	 * @param suffix the end of the keys of the objects, empty for any
	 * @throws LocalBrokerException if there is no such bucket, queue or topic, S3 has no
	 * such events, or a policy denies it
	 */
	public void tell(String bucket, String target, List<String> events, String prefix, String suffix) {
		run(() -> this.s3.s3().tell(bucket, Arns.queue(target), events, prefix, suffix));
	}

	private static void run(Runnable request) {
		try {
			request.run();
		}
		catch (S3Exception ex) {
			throw new LocalBrokerException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static String ask(Supplier<String> request) {
		try {
			return request.get();
		}
		catch (SnsException ex) {
			throw new LocalBrokerException(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Return the URL that a queue has, or would have.
	 * @param name the queue's name
	 * @return its URL
	 */
	public String queueUrl(String name) {
		return this.queues.url(name);
	}

	/**
	 * Stop all servers and release their ports. Messages and objects are lost. Does
	 * nothing the second time.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			closeAll(this.actors, this.sqs, this.queues, this.sns, this.s3);
		}
	}

	// The last first, and each even if another fails.
	private static void closeAll(Actors actors, @Nullable EmbeddedSqs sqs, @Nullable Queues queues,
			@Nullable SnsServer sns, @Nullable S3Server s3) {
		try (actors; sqs; queues; sns; s3) {
			logger.debug("The local broker stops");
		}
	}

	@Override
	public String toString() {
		return "LocalBroker[sqs=%s, sns=%s, s3=%s]".formatted(sqsEndpoint(), snsEndpoint(), s3Endpoint());
	}

	/**
	 * Builds a {@link LocalBroker}.
	 */
	public static final class Builder {

		private int sqsPort;

		private int snsPort;

		private int s3Port;

		private Builder() {
		}

		/**
		 * Set the port of SQS.
		 * @param port the port, 0 for a free one
		 * @return this builder
		 */
		public Builder sqsPort(int port) {
			this.sqsPort = port;
			return this;
		}

		/**
		 * Set the port of SNS.
		 * @param port the port, 0 for a free one
		 * @return this builder
		 */
		public Builder snsPort(int port) {
			this.snsPort = port;
			return this;
		}

		/**
		 * Set the port of S3.
		 * @param port the port, 0 for a free one
		 * @return this builder
		 */
		public Builder s3Port(int port) {
			this.s3Port = port;
			return this;
		}

		/**
		 * Start the broker.
		 * @return the broker, ready for use
		 * @throws LocalBrokerException if a port is in use
		 */
		public LocalBroker start() {
			Actors actors = Actors.start();
			EmbeddedSqs sqs = null;
			Queues queues = null;
			SnsServer sns = null;
			try {
				sqs = EmbeddedSqs.start(actors, this.sqsPort);
				queues = new Queues(sqs.endpoint());
				sns = SnsServer.start(actors, this.snsPort, queues);
				return new LocalBroker(actors, sqs, queues, sns,
						S3Server.start(this.s3Port, new S3Events(queues, actors.policies(), sns.sns())));
			}
			catch (RuntimeException ex) {
				closeAll(actors, sqs, queues, sns, null);
				throw ex;
			}
		}

	}

}
