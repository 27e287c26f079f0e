package io.pubsub.aws.doctor;

import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * {@link Caller} that asks STS, which needs no permission.
 *
 * @param client the client of STS, which is closed with this
 * @since 0.1.0
 */
public record StsCaller(StsAsyncClient client) implements Caller, AutoCloseable {

	@Override
	public CompletableFuture<String> arn() {
		return this.client.getCallerIdentity().thenApply(GetCallerIdentityResponse::arn);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
