package io.pubsub.aws.sns;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * An {@link SnsClient} that remembers what it was asked for.
 */
final class FakeSnsClient implements SnsClient {

	private final List<PublishRequest> requests = new ArrayList<>();

	private @Nullable RuntimeException failure;

	@Override
	public String serviceName() {
		return "sns";
	}

	@Override
	public void close() {
	}

	@Override
	public PublishResponse publish(PublishRequest request) {
		this.requests.add(request);
		if (this.failure != null) {
			throw this.failure;
		}
		return PublishResponse.builder().messageId("blocking").build();
	}

	void fail(RuntimeException exception) {
		this.failure = exception;
	}

	List<PublishRequest> requests() {
		return this.requests;
	}

}
