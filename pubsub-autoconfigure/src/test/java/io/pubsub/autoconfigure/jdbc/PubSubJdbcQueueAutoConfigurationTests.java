package io.pubsub.autoconfigure.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.JdbcQueueSource;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubJdbcQueueAutoConfiguration}.
 */
class PubSubJdbcQueueAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubJdbcQueueAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=test");

	@Test
	void consumesAFileOfSqlite(@TempDir Path directory) {
		Path file = directory.resolve("orders.db");
		this.contextRunner.withBean(Handler.class).withPropertyValues("pubsub.source=sqlite:" + file).run((context) -> {
			assertThat(context).getBean(Source.class).isInstanceOf(JdbcQueueSource.class);
			context.getBean(JdbcQueues.class)
				.queue("sqlite:" + file)
				.put("{\"mediaType\": \"application/vnd.test.order\", \"number\": 1}");
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Handler.class).numbers).containsExactly(1));
		});
	}

	@Test
	void consumesAQueueInTheDatabaseOfTheApplication() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.consumer.auto-startup=false",
					"spring.datasource.url=jdbc:h2:mem:queues;INIT=RUNSCRIPT FROM 'classpath:io/pubsub/jdbc/queue/h2.sql'")
			.run((context) -> {
				assertThat(context).getBean(Source.class).isInstanceOf(JdbcQueueSource.class);
				JdbcQueue queue = context.getBean(JdbcQueues.class).queue("jdbc:orders");
				assertThat(queue.name()).isEqualTo("orders");
			});
	}

	@Test
	void backsOffWhenUserProvidesSource() {
		Source source = (receiver) -> {
			throw new IllegalStateException("not started");
		};
		this.contextRunner.withBean(Source.class, () -> source)
			.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.consumer.auto-startup=false")
			.run((context) -> assertThat(context).getBean(Source.class).isSameAs(source));
	}

	@Test
	void saysThatThereIsNoDatabase() {
		this.contextRunner.withPropertyValues("pubsub.source=jdbc:orders")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("The queue jdbc:orders needs a database, but there is no DataSource"));
	}

	@Test
	void saysWhichModuleIsMissing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(JdbcQueue.class))
			.withPropertyValues("pubsub.source=sqlite:orders.db")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("what reads it is missing: add io.pubsub:pubsub-jdbc"));
	}

	@MessageSchema(mediaType = "application/vnd.test.order")
	record Order(int number) {

	}

	static class Handler {

		final List<Integer> numbers = new CopyOnWriteArrayList<>();

		@Handles
		void handle(Order order) {
			this.numbers.add(order.number());
		}

	}

}
