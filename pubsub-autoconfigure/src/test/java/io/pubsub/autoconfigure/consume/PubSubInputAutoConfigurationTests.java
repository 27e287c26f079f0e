package io.pubsub.autoconfigure.consume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.source.InputException;
import io.pubsub.source.LineSource;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubInputAutoConfiguration}.
 */
class PubSubInputAutoConfigurationTests {

	private static final String LINE = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "%s"}
			""";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubInputAutoConfiguration.class, PubSubSqsAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example");

	// The application may have ended before anybody can ask for its beans.
	private final ScannedHandler handler = new ScannedHandler();

	@TempDir
	private Path directory;

	@Test
	void consumesAFileAndEndsTheApplication() throws IOException {
		Path file = Files.writeString(this.directory.resolve("orders.jsonl"),
				LINE.formatted("one") + LINE.formatted("two"));
		try (ConfigurableApplicationContext context = run(file)) {
			Awaitility.await().until(() -> !context.isActive());
			assertThat(this.handler.texts).containsExactlyInAnyOrder("one", "two");
		}
	}

	@Test
	void endsTheApplicationAfterAnEmptyFileToo() throws IOException {
		try (ConfigurableApplicationContext context = run(Files.createFile(this.directory.resolve("empty")))) {
			Awaitility.await().until(() -> !context.isActive());
		}
	}

	@Test
	void readsTheStandardInput() {
		this.contextRunner.withPropertyValues("pubsub.source=stdin:")
			.run((context) -> assertThat(context.getBean(Source.class)).hasToString("LineSource[stdin]"));
	}

	@Test
	void failsWhenTheFileIsMissing() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(PubSubConsumerAutoConfiguration.class))
			.withPropertyValues("pubsub.source=file:" + this.directory.resolve("missing"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InputException.class)
				.hasMessageContaining("missing"));
	}

	@Test
	void isNoInputIfTheSourceIsAQueue() {
		this.contextRunner.withPropertyValues("pubsub.source=orders")
			.run((context) -> assertThat(context).doesNotHaveBean(LineSource.class));
	}

	@Test
	void readsNothingWhenConsumingIsDisabled() {
		this.contextRunner.withPropertyValues("pubsub.source=stdin:", "pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Source.class).doesNotHaveBean(EndOfInput.class));
	}

	@Test
	void backsOffWhenTheUserProvidesASource() {
		this.contextRunner.withBean(Source.class, () -> new InMemoryQueue(new TestClock()).source())
			.withPropertyValues("pubsub.source=stdin:")
			.run((context) -> assertThat(context).doesNotHaveBean(LineSource.class));
	}

	private ConfigurableApplicationContext run(Path file) {
		SpringApplication application = new SpringApplication(Service.class);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("scanned", this.handler));
		application.setDefaultProperties(Map.of("pubsub.organization", "example"));
		return application.run("--pubsub.source=file:" + file);
	}

	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			PubSubAutoConfiguration.class, PubSubInputAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
			PubSubConsumerAutoConfiguration.class })
	static class Service {

	}

	static class ScannedHandler {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		@Handles
		void on(ScannedMessage message) {
			this.texts.add(message.text());
		}

	}

}
