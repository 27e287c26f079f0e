package io.pubsub.autoconfigure.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.folder.FileMessage;
import io.pubsub.source.InputException;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
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
	void whenThereIsNoFolderSaysSo() {
		this.contextRunner.withPropertyValues("pubsub.source=folder:" + this.folder.resolve("missing"))
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(InputException.class));
	}

	@Test
	void refusesWhatIsUnknownBehindThePath() {
		this.contextRunner.withPropertyValues("pubsub.source=folder:in?order=name")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("?order=name"));
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
