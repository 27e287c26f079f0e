package io.pubsub.autoconfigure.publish;

import io.awspring.cloud.autoconfigure.AwsClientCustomizer;
import software.amazon.awssdk.services.sns.SnsAsyncClientBuilder;

/**
 * Callback that changes the {@code SnsAsyncClient} before it is built. Spring Cloud AWS
 * has one for each client that it configures, and this one is not among them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnsAsyncClientCustomizer extends AwsClientCustomizer<SnsAsyncClientBuilder> {

}
