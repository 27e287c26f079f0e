package io.pubsub.autoconfigure.doctor;

import java.net.URI;

import io.pubsub.aws.place.AwsPlace;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * What other clients take over from that of SQS.
 */
final class SqsSettings {

	private SqsSettings() {
	}

	/**
	 * Whether the client asks AWS, so that others can ask there too.
	 * @param sqs the client
	 * @return {@code false} for an emulator, and for a client that does not say
	 */
	static boolean isOfAws(SqsAsyncClient sqs) {
		return AwsPlace.configurationOf(sqs)
			.map((asked) -> asked.endpointOverride().map(SqsSettings::isOfAws).orElse(true))
			.orElse(false);
	}

	private static boolean isOfAws(URI endpoint) {
		try {
			return AwsPlace.ofQueueUrl(endpoint.toString(), String.valueOf(endpoint.getHost())).region() != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	static <B extends AwsClientBuilder<B, ?>> B apply(SqsAsyncClient sqs, B builder) {
		AwsServiceClientConfiguration asked = sqs.serviceClientConfiguration();
		return builder.region(asked.region()).credentialsProvider(asked.credentialsProvider());
	}

}
