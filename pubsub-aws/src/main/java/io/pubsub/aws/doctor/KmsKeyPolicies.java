package io.pubsub.aws.doctor;

import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.services.kms.KmsAsyncClient;

/**
 * {@link KeyPolicies} that asks KMS. It needs {@code kms:DescribeKey}, since KMS has no
 * policy under an alias, and {@code kms:GetKeyPolicy}.
 *
 * @param client the client of KMS, which is closed with this
 * @since 0.1.0
 */
public record KmsKeyPolicies(KmsAsyncClient client) implements KeyPolicies, AutoCloseable {

	@Override
	public CompletableFuture<KeyFacts> find(String id) {
		return this.client.describeKey((request) -> request.keyId(id)).thenCompose((described) -> {
			String arn = described.keyMetadata().arn();
			return this.client.getKeyPolicy((request) -> request.keyId(arn).policyName("default"))
				.thenApply((response) -> new KeyFacts(arn, response.policy()));
		});
	}

	@Override
	public void close() {
		this.client.close();
	}

}
