package io.pubsub.autoconfigure.local;

import java.util.Map;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.aws.place.AwsPlace;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Refuses the clients of an application that would ask AWS while everything else asks the
 * embedded broker. A client with an endpoint of its own may ask there.
 */
final class AwsClientGuard implements BeanPostProcessor {

	private static final Map<String, String> ENDPOINTS = Map.of("sqs", "endpointOverride(localBroker.sqsEndpoint())",
			"sns", "endpointOverride(localBroker.snsEndpoint())", "s3",
			"endpointOverride(localBroker.s3Endpoint()).forcePathStyle(true)");

	private final Environment environment;

	AwsClientGuard(Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof AwsClient client
				&& this.environment.getProperty(CommandLineProperties.LOCAL, Boolean.class, false)) {
			check(client, name);
		}
		return bean;
	}

	private static void check(AwsClient client, String name) {
		String service = client.serviceName();
		String endpoint = (service != null) ? ENDPOINTS.get(service) : null;
		boolean asksAws = AwsPlace.configurationOf(client)
			.filter((configuration) -> configuration.endpointOverride().isEmpty())
			.isPresent();
		if (endpoint != null && asksAws) {
			throw new LocalBrokerUnusableException(
					"pubsub.local.enabled is true, but the client of %s that is the bean %s asks AWS, not the embedded broker"
						.formatted(service, name),
					"Build it with %s, or leave it to Spring Cloud AWS. If it is to ask AWS, name that endpoint: https://%s.<region>.amazonaws.com."
						.formatted(endpoint, service));
		}
	}

}
