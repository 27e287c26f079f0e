package io.pubsub.sample.demo;

import java.net.URI;

import software.amazon.awssdk.services.sns.SnsAsyncClient;

/**
 * Publishes whatever it likes, as programs without an {@code SnsProducer} do: neither
 * checked nor completed.
 */
final class ForeignProgram {

	private final SnsAsyncClient sns;

	private final URI endpoint;

	private final String topic;

	ForeignProgram(SnsAsyncClient sns, URI endpoint, String topic) {
		this.sns = sns;
		this.endpoint = endpoint;
		this.topic = topic;
	}

	void publish(String body) {
		this.sns.publish((request) -> request.topicArn(this.topic).message(body)).join();
	}

	/**
	 * What a person pastes into a terminal to publish.
	 * @return a command that needs nothing but curl
	 */
	String command() {
		return """
				curl -sS %s -d Action=Publish -d TopicArn=%s --data-urlencode \\
				  'Message={"mediaType": "application/vnd.globality.pubsub.simple", "message": "Hello", "timestamp": 1.5}'\
				"""
			.formatted(this.endpoint, this.topic);
	}

}
