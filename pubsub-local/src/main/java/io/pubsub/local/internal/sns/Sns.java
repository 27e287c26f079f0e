package io.pubsub.local.internal.sns;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The topics, what is subscribed to them, and the Query API over both. Safe for use by
 * several threads.
 */
public final class Sns {

	private final Topics topics;

	private final QueryApi api;

	/**
	 * Create an SNS without topics.
	 * @param sqs the client that delivers
	 * @param sqsEndpoint the address of the queues
	 * @param endpoint the address that SNS has for its clients
	 * @param clock the clock for timestamps and deduplication
	 */
	public Sns(SqsClient sqs, URI sqsEndpoint, URI endpoint, Clock clock) {
		this.topics = new Topics(clock);
		QueueMessages messages = new QueueMessages(new Envelope(endpoint));
		this.api = new QueryApi(this.topics, new Publisher(messages, new QueueDelivery(sqs, sqsEndpoint), clock));
	}

	/**
	 * Perform a request of the Query API. Returns when what is published is on the
	 * queues.
	 * @param form the form fields of the request
	 * @param traceHeader the {@code X-Amzn-Trace-Id} header of the request
	 * @return the answer
	 */
	public Answer answer(String form, @Nullable String traceHeader) {
		return this.api.answer(form, traceHeader);
	}

	/**
	 * Create a topic, unless it exists.
	 * @param name the topic's name
	 * @param attributes its attributes
	 * @return its ARN
	 */
	public String createTopic(String name, Map<String, String> attributes) {
		return this.topics.create(name, attributes).arn();
	}

	/**
	 * Subscribe a queue to a topic, unless it is subscribed.
	 * @param topicArn the ARN of the topic
	 * @param queueArn the ARN of the queue
	 * @param attributes attributes of the subscription
	 * @return the ARN of the subscription
	 */
	public String subscribe(String topicArn, String queueArn, Map<String, String> attributes) {
		return this.topics.subscribe(topicArn, queueArn, attributes).arn();
	}

	/**
	 * Return the policy of a topic.
	 * @param topicArn the ARN of the topic
	 * @return the JSON, or {@code null} if there is no such topic
	 */
	public @Nullable String policy(String topicArn) {
		try {
			return this.topics.require("TopicArn", topicArn).permissions().policy();
		}
		catch (SnsException ex) {
			return null;
		}
	}

	/**
	 * Change the policy of a topic.
	 * @param topicArn the ARN of the topic, which exists
	 * @param change gives the new JSON by the present one
	 */
	public void policy(String topicArn, UnaryOperator<String> change) {
		Topic topic = this.topics.require("TopicArn", topicArn);
		this.topics.change(topic, TopicAttributes.POLICY, change.apply(topic.permissions().policy()));
	}

	/**
	 * What goes back to the client.
	 *
	 * @param status the HTTP status
	 * @param body the XML
	 */
	public record Answer(int status, String body) {

	}

}
