package io.pubsub.sample.pipeline.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.pubsub.RejectMessageException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Batch;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.publish.SnsProducer;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.PipelineTester;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the guide to pipelines: its code is that of the sample and of this class.
 */
class PipelinesGuideTests {

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final int LONGEST = 10;

	private final Queue<String> stored = new ConcurrentLinkedQueue<>();

	private final Queue<String> badLines = new ConcurrentLinkedQueue<>();

	@Test
	void showsCodeThatCompiles() throws IOException {
		String sources = withoutIndent(sources());
		List<String> snippets = JAVA.matcher(Files.readString(Path.of("../src/docs/pipelines.md")))
			.results()
			.map((match) -> withoutIndent(match.group(1)))
			.toList();
		assertThat(snippets).hasSizeGreaterThan(5).allSatisfy((code) -> assertThat(sources).contains(code));
	}

	@Test
	void worksOnSeveralElementsInTheirOrder() {
		try (PipelineTester tester = PipelineTester.of(thumbnails())) {
			tester.send(new Sentence("one"));
			tester.send(new Sentence("two"));
			assertThat(this.stored).containsExactly("ONE", "TWO");
		}
	}

	@Test
	void takesBadElementsOutOfABatch() {
		try (PipelineTester tester = PipelineTester.of(saving())) {
			tester.send(new Sentence("short"));
			tester.send(new Sentence("much too long"));
			tester.advance(Duration.ofSeconds(1));
			assertThat(this.stored).containsExactly("short");
			assertThat(this.badLines).singleElement().asString().endsWith(" save");
			assertThat(tester.queue().size()).isZero();
		}
	}

	@Test
	void handsElementsToBranches() {
		try (PipelineTester tester = PipelineTester.of(this::byLength)) {
			tester.send(new Sentence("short"));
			tester.send(new Sentence("much too long"));
			assertThat(tester.published()).hasSize(1);
			assertThat(this.stored).containsExactly("much too l");
		}
	}

	private Pipeline thumbnails() {
		return Pipeline.named("thumbnails")
			.from(Sentence.class)
			.mapConcurrently(Concurrency.of(8).timeout(Duration.ofSeconds(20)), this::download)
			.named("download")
			.retry(3, BackoffPolicy.fixed(Duration.ofSeconds(1)))
			.to(this::store);
	}

	private Pipeline byLength(SnsProducer producer) {
		return Pipeline.named("by-length")
			.from(Sentence.class)
			.routeTo((sentence) -> sentence.text().length() > LONGEST,
					Map.of(true, (flow) -> flow.to(this::shorten), false, (flow) -> flow.publish(producer).end()));
	}

	private Pipeline saving() {
		return withSideDoor(Pipeline.named("saving")
			.from(Sentence.class)
			.map(Sentence::text)
			.batch(100, Duration.ofSeconds(1))
			.map(this::save)
			.named("save")
			.to(this.stored::addAll));
	}

	private Pipeline withSideDoor(Pipeline pipeline) {
		return pipeline.onFailure((failed) -> this.badLines.add(failed.id() + " " + failed.stage()))
			.maxFailureRatio(0.1)
			.maxConsecutiveFailures(20);
	}

	private Batch<String> save(Batch<String> batch) {
		for (int i = 0; i < batch.size(); i++) {
			if (batch.get(i).length() > LONGEST) {
				batch.fail(i, new RejectMessageException("it is too long"));
			}
		}
		return batch;
	}

	private String download(Sentence sentence) {
		return sentence.text().toUpperCase(Locale.ROOT);
	}

	private void store(String text) {
		this.stored.add(text);
	}

	private void shorten(Sentence sentence) {
		store(sentence.text().substring(0, LONGEST));
	}

	static ConsumerDaemon run(Pipeline pipeline, Source source, Envelope envelope, MessageCodec codec,
			SchemaRegistry schemas) {
		PipelineReceiver receiver = PipelineReceiver.builder(pipeline, envelope, codec, schemas)
			.maxInFlight(50)
			.build();
		ConsumerDaemon daemon = new ConsumerDaemon(source, receiver, Duration.ofSeconds(25));
		daemon.start();
		return daemon;
	}

	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				sources.append(Files.readString(file));
			}
		}
		return sources.toString();
	}

	// Where a line breaks is for the reader to see.
	private static String withoutIndent(String code) {
		return code.replaceAll("\\s+", "");
	}

}
