package io.pubsub.autoconfigure.pipeline;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubInputAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.source.LinesGivenUpException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pipelines whose source is an input that ends.
 */
class PipelineInputTests {

	private static final InputStream STDIN = System.in;

	private static final String LINE = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "%s"}
			""";

	private final List<String> done = new CopyOnWriteArrayList<>();

	// There is one if the code is not 0.
	private final List<ExitCodeEvent> exits = new CopyOnWriteArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void restoreTheStandardInput() {
		System.setIn(STDIN);
	}

	@Test
	void endTheApplicationWhenAllFilesHaveEnded() throws IOException {
		try (ConfigurableApplicationContext context = run("--pubsub.pipelines.first.source=" + file("one", "two"),
				"--pubsub.pipelines.second.source=" + file("three"))) {
			Awaitility.await().until(() -> !context.isActive());
			assertThat(this.done).containsExactlyInAnyOrder("first: one", "first: two", "second: three");
			assertThat(this.exits).isEmpty();
		}
	}

	@Test
	void endTheApplicationWhenTheStandardInputHasEnded() {
		System.setIn(new ByteArrayInputStream(LINE.formatted("one").getBytes(StandardCharsets.UTF_8)));
		try (ConfigurableApplicationContext context = run("--stdin", "--pubsub.pipelines.second.enabled=false")) {
			Awaitility.await().until(() -> !context.isActive());
			assertThat(this.done).containsExactly("first: one");
			assertThat(this.exits).isEmpty();
		}
	}

	@Test
	void failAtTheEndWhenALineWasGivenUp() throws IOException {
		try (ConfigurableApplicationContext context = run("--pubsub.pipelines.first.source=" + file("one", ""),
				"--pubsub.pipelines.second.enabled=false", "--pubsub.pipelines.first.auto-startup=false")) {
			ConsumerDaemon daemon = context.getBean(Pipelines.class).get("first").managed().daemon();
			daemon.start();
			assertThat(daemon.exhausted().toCompletableFuture()).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(LinesGivenUpException.class);
			assertThat(this.done).containsExactly("first: one");
		}
	}

	@Test
	void sendALineThroughTheSideDoorAtItsLastAttempt() throws IOException {
		List<String> failed = new CopyOnWriteArrayList<>();
		Pipeline failing = Pipeline.named("first").from(ScannedMessage.class).to((message) -> {
			throw new IllegalStateException("expected");
		}).onFailure((element) -> failed.add(element.stage()));
		try (ConfigurableApplicationContext context = run(failing, "--pubsub.pipelines.first.source=" + file("one"),
				"--pubsub.consumer.backoff.base=1ms", "--pubsub.pipelines.second.enabled=false")) {
			Awaitility.await().until(() -> !context.isActive());
			assertThat(failed).containsExactly("to");
			assertThat(this.exits).isEmpty();
		}
	}

	private String file(String... texts) throws IOException {
		Path file = Files.createTempFile(this.directory, "lines", ".jsonl");
		return "file:"
				+ Files.write(file, List.of(texts).stream().map((text) -> LINE.formatted(text).strip()).toList());
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return run(pipeline("first"), arguments);
	}

	private ConfigurableApplicationContext run(Pipeline first, String... arguments) {
		SpringApplication application = new SpringApplication(Service.class);
		application.addInitializers((context) -> {
			context.getBeanFactory().registerSingleton("first", first);
			context.getBeanFactory().registerSingleton("second", pipeline("second"));
			context.addApplicationListener((ApplicationListener<ExitCodeEvent>) this.exits::add);
		});
		application.setDefaultProperties(Map.of("pubsub.organization", "example"));
		return application.run(arguments);
	}

	private Pipeline pipeline(String name) {
		return Pipeline.named(name)
			.from(ScannedMessage.class)
			.map((message) -> name + ": " + message.text())
			.batch(100, Duration.ofHours(1))
			.to(this.done::addAll);
	}

	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			PubSubAutoConfiguration.class, PubSubInputAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
			PubSubPipelineAutoConfiguration.class })
	static class Service {

	}

}
