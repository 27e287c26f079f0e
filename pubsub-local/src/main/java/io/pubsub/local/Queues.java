package io.pubsub.local;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

import io.pubsub.local.internal.sns.Arns;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The queues of the broker, and the client that reaches them.
 */
final class Queues implements AutoCloseable {

	private static final int CONNECTIONS = 32;

	private final URI endpoint;

	private final SqsClient client;

	Queues(URI endpoint) {
		this.endpoint = endpoint;
		this.client = SqsClient.builder()
			.endpointOverride(endpoint)
			.region(Region.of(Arns.REGION))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
			.httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
			.checksumValidationEnabled(false)
			.build();
	}

	SqsClient client() {
		return this.client;
	}

	URI endpoint() {
		return this.endpoint;
	}

	String url(String name) {
		return "%s/%s/%s".formatted(this.endpoint, Arns.ACCOUNT, name);
	}

	boolean exists(String name) {
		try {
			this.client.getQueueUrl((request) -> request.queueName(name));
			return true;
		}
		catch (QueueDoesNotExistException ex) {
			return false;
		}
	}

	String create(String name, QueueOptions options) {
		Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
		if (Arns.isFifo(name)) {
			attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
		}
		if (options.visibilityTimeout() != null) {
			attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT,
					String.valueOf(options.visibilityTimeout().toSeconds()));
		}
		if (options.deadLetterQueue() != null) {
			create(options.deadLetterQueue(), QueueOptions.defaults());
			attributes.put(QueueAttributeName.REDRIVE_POLICY, "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
				.formatted(Arns.queue(options.deadLetterQueue()), options.maxReceiveCount()));
		}
		try {
			this.client.createQueue((request) -> request.queueName(name).attributes(attributes));
		}
		catch (QueueNameExistsException ex) {
			throw new LocalBrokerException(
					"Queue %s exists with other attributes than %s: delete it first, or ask for what it has"
						.formatted(name, attributes),
					ex);
		}
		catch (SqsException ex) {
			throw new LocalBrokerException("Queue %s could not be created with %s: %s".formatted(name, attributes,
					ex.awsErrorDetails().errorMessage()), ex);
		}
		return url(name);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
