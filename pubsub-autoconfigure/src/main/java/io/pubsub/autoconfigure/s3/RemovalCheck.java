package io.pubsub.autoconfigure.s3;

import java.util.stream.Stream;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.aws.sqs.QueuePolicy;
import io.pubsub.aws.sqs.SqsSource;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/**
 * Refuses to remove contents of large messages where somebody else may need them, or
 * where nobody can tell when a message is gone.
 *
 * @param properties the properties
 * @param environment the environment
 * @param daemons the daemons of the application
 * @param sqs the client of SQS
 */
record RemovalCheck(PubSubProperties properties, Environment environment, ObjectProvider<Daemons> daemons,
		ObjectProvider<SqsAsyncClient> sqs) implements SmartInitializingSingleton {

	@Override
	public void afterSingletonsInstantiated() {
		if (this.environment.getProperty(CommandLineProperties.LAMBDA, Boolean.class, false)) {
			throw new RemovalRefusedException("Lambda deletes a message after the function has returned,"
					+ " so that its content could be gone while the message comes again");
		}
		if (!this.properties.consumer().trustedTopics().isEmpty()) {
			throw new RemovalRefusedException("pubsub.consumer.trusted-topics lets only messages of topics in,"
					+ " whose other queues still need the contents");
		}
		SqsAsyncClient client = this.sqs.getIfAvailable();
		if (client != null) {
			queues().filter((queue) -> new QueuePolicy(client, queue).admitsTopics()).findFirst().ifPresent((queue) -> {
				throw new RemovalRefusedException(
						"the policy of queue '%s' lets topics send to it, whose other queues still need the contents"
							.formatted(queue));
			});
		}
	}

	private Stream<String> queues() {
		return this.daemons.stream()
			.flatMap((all) -> all.all().stream())
			.map((daemon) -> daemon.daemon().source())
			.filter(SqsSource.class::isInstance)
			.map((source) -> ((SqsSource) source).queue())
			.distinct();
	}

}
