package io.pubsub.benchmarks.publish;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.sns.core.SnsTemplate;
import io.awspring.cloud.sns.core.async.SnsAsyncTemplate;
import io.awspring.cloud.sns.core.batch.SnsBatchTemplate;
import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.client.SpringContext;
import io.pubsub.benchmarks.scenario.Order;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * The templates of Spring Cloud AWS: one that blocks, one that does not, one for batches.
 */
final class SnsTemplatePublisher implements Publisher {

	// What subscriptions are filtered by goes with every message, as with the others.
	private static final Map<String, Object> HEADERS = Map.of("media_type", Order.MEDIA_TYPE);

	private final SnsTemplate template;

	private final SnsAsyncTemplate asyncTemplate;

	private final SnsBatchTemplate batchTemplate;

	private final String topicArn;

	private SnsTemplatePublisher(ApplicationContext context, String topicArn) {
		this.template = context.getBean(SnsTemplate.class);
		this.asyncTemplate = context.getBean(SnsAsyncTemplate.class);
		this.batchTemplate = context.getBean(SnsBatchTemplate.class);
		this.topicArn = topicArn;
	}

	static Publisher start(Clients clients, String topicArn) {
		return new SnsTemplatePublisher(SpringContext.start(Application.class, Map.of(), (context) -> {
			context.registerBean(SnsClient.class, clients::blockingSns);
			context.registerBean(SnsAsyncClient.class, clients::sns);
		}), topicArn);
	}

	@Override
	public void publish(Order order) {
		this.template.convertAndSend(this.topicArn, order, HEADERS);
	}

	@Override
	public CompletableFuture<?> publishAsync(Order order) {
		return this.asyncTemplate.convertAndSend(this.topicArn, order, HEADERS);
	}

	@Override
	public int publishAll(List<Order> orders) {
		List<Message<Order>> messages = orders.stream()
			.map((order) -> MessageBuilder.withPayload(order).copyHeaders(HEADERS).build())
			.toList();
		return this.batchTemplate.sendBatch(this.topicArn, messages).results().size();
	}

	/**
	 * The application, without the auto-configuration of this library.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SnsAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

}
