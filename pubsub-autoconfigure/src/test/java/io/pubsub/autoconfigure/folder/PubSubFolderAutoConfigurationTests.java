package io.pubsub.autoconfigure.folder;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.autoconfigure.FailureAnalyses;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.folder.FileMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubFolderAutoConfiguration}.
 */
class PubSubFolderAutoConfigurationTests {

	@TempDir
	private Path folder;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubFolderAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example", "pubsub.folder.settle=0s");

	@Test
	void handlesTheFilesOfAFolder() throws Exception {
		Files.writeString(this.folder.resolve("a.tsv"), "content");
		Files.writeString(this.folder.resolve("a.txt"), "content");
		this.contextRunner
			.withPropertyValues("pubsub.source=folder:" + this.folder + "?extension=.tsv", "pubsub.folder.done=done")
			.withBean(FileHandler.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Awaitility.await().until(() -> Files.exists(this.folder.resolve("done/a.tsv")));
				assertThat(context.getBean(FileHandler.class).names).containsExactly("a.tsv");
			});
		assertThat(this.folder.resolve("a.txt")).exists();
	}

	@Test
	void takesNoFolderOfTheClassPathForItsOwn(@TempDir Path classes) throws Exception {
		Files.createDirectory(classes.resolve("done"));
		Files.writeString(this.folder.resolve("a.tsv"), "content");
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() })) {
			this.contextRunner.withClassLoader(loader)
				.withPropertyValues("pubsub.source=folder:" + this.folder, "pubsub.folder.done=done")
				.withBean(FileHandler.class)
				.run((context) -> Awaitility.await()
					.untilAsserted(() -> assertThat(this.folder.resolve("done/a.tsv")).exists()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "pubsub.source", "pubsub.producer.topics.default",
			"pubsub.producer.topics.mappings[application/vnd.example.pubsub._.created.order]" })
	void whenThereIsNoFolderSaysWhichPropertyNamesIt(String property) {
		this.contextRunner.withPropertyValues(property + "=folder:" + this.folder.resolve("missing")).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo("There is no folder " + this.folder.resolve("missing"));
			assertThat(analysis.getAction()).startsWith("Create the folder").contains(property + "=folder:<path>");
		});
	}

	@ParameterizedTest
	@CsvSource({ "pubsub.folder.max-attempts, 0", "pubsub.folder.lease, 10ms", "pubsub.folder.settle, -1s",
			"pubsub.folder.scan-interval, 0s", "pubsub.folder.order, size", "pubsub.folder.content, text" })
	void namesThePropertyThatIsWrong(String property, String value) {
		this.contextRunner.withPropertyValues("pubsub.source=folder:" + this.folder, property + "=" + value)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(property));
	}

	@ParameterizedTest
	@CsvSource({ "items, UK, pattern is missing", "pattern, (?<key>.*)(?<item>.*), items is missing" })
	void namesWhatIsMissingInGroups(String property, String value, String fault) {
		this.contextRunner
			.withPropertyValues("pubsub.source=folder:" + this.folder,
					"pubsub.folder.group.%s=%s".formatted(property, value))
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.startsWith("pubsub.folder.group." + fault));
	}

	@ParameterizedTest
	@CsvSource({ "?oder=name, has no option 'oder'", "?extension=.tsv&done=x, has no option 'done'",
			"?extension=, extension of a folder needs a value", "?order, order of a folder needs a value",
			"?extension=a&extension=b, is there twice", "?order=size, 'name, number or modified, not size'" })
	void refusesWhatIsWrongBehindThePath(String query, String named) {
		this.contextRunner.withPropertyValues("pubsub.source=folder:" + this.folder + query)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(named));
	}

	@ParameterizedTest
	@CsvSource({ "pubsub.folder.order=number, ''", "pubsub.folder.order=name, ?order=number" })
	void takesFilesInTheOrderThatIsAskedFor(String property, String query) throws Exception {
		Files.writeString(this.folder.resolve("10.tsv"), "content");
		Files.writeString(this.folder.resolve("2.tsv"), "content");
		this.contextRunner
			.withPropertyValues("pubsub.source=folder:" + this.folder + query, property,
					"pubsub.consumer.concurrency=1")
			.withBean(FileHandler.class)
			.run((context) -> Awaitility.await()
				.untilAsserted(
						() -> assertThat(context.getBean(FileHandler.class).names).containsExactly("2.tsv", "10.tsv")));
	}

	@Test
	void makesNoSourceOfOtherAddresses() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(Source.class));
	}

	@Test
	void publishesToFolders() {
		OutboundMessage message = new OutboundMessage("folder:" + this.folder, new MediaType("application/json"), "{}",
				Map.of());
		this.contextRunner.run((context) -> assertThat(context.getBean(DestinationDecorator.class)
			.decorate((messages) -> new CompletableFuture<>())
			.publish(List.of(message))).isCompleted());
		assertThat(Objects.requireNonNull(this.folder.toFile().list())).hasSize(1);
	}

	static final class FileHandler {

		final List<String> names = new CopyOnWriteArrayList<>();

		@Handles
		void handle(FileMessage file) {
			this.names.add(file.name());
		}

	}

}
