package io.pubsub.autoconfigure.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.Outcome.Kind;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.PipelineTester;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PubSubTest} with pipelines.
 */
@PubSubTest(classes = PubSubTestOfPipelinesTests.Application.class,
		properties = { "pubsub.organization=example", "pubsub.pipelines.letters.source=letters",
				"pubsub.pipelines.letters.dead-letter.destination=graveyard",
				"pubsub.pipelines.letters.max-attempts=2" })
@TestMethodOrder(MethodOrderer.MethodName.class)
@Execution(ExecutionMode.SAME_THREAD)
class PubSubTestOfPipelinesTests {

	private static final List<String> HANDLED = new CopyOnWriteArrayList<>();

	private static final List<String> BEGUN = new CopyOnWriteArrayList<>();

	@Autowired
	private PubSubTester pubsub;

	private PipelineTester words;

	private PipelineTester letters;

	@BeforeEach
	void find() {
		HANDLED.clear();
		BEGUN.clear();
		this.words = this.pubsub.pipeline("words");
		this.letters = this.pubsub.pipeline("letters");
	}

	@Test
	void acknowledgesAMessageWhenItsBatchHasLeft() {
		this.words.send(new ScannedMessage("to be"));
		assertThat(this.words.out("split")).containsExactly(new ScannedMessage("to"), new ScannedMessage("be"));
		assertThat(this.words.outcomes()).isEmpty();
		this.words.advance(Duration.ofSeconds(1));
		assertThat(this.words.outcomes()).hasKinds(Kind.SUCCEEDED);
		assertThat(this.pubsub.published()).hasSize(2);
	}

	@Test
	void letsBatchesLeaveWhenFlushed() {
		this.words.send(new ScannedMessage("or not"));
		this.words.flush();
		assertThat(this.words.out("batch"))
			.containsExactly(List.of(new ScannedMessage("or"), new ScannedMessage("not")));
		assertThat(this.words.queue().size()).isZero();
	}

	@Test
	void drivesEachPipelineAndTheHandlersByThemselves() {
		this.pubsub.send(new ScannedMessage("hello"));
		this.letters.send(new ScannedMessage("a"));
		assertThat(HANDLED).containsExactly("hello");
		assertThat(this.letters.out("letter")).containsExactly("a");
		assertThat(this.words.out("split")).isEmpty();
		assertThat(this.letters.outcomes()).hasKinds(Kind.SUCCEEDED);
		assertThat(this.pubsub.outcomes()).hasKinds(Kind.SUCCEEDED, Kind.SUCCEEDED);
	}

	@Test
	void deliversAgainWhenTheClockOfTheServiceIsMoved() {
		this.letters.send(new ScannedMessage("too long"));
		assertThat(this.letters.outcomes()).hasKinds(Kind.FAILED);
		this.pubsub.advance(Duration.ofSeconds(1));
		assertThat(this.letters.outcomes()).hasKinds(Kind.FAILED, Kind.FAILED);
		assertThat(this.pubsub.published()).singleElement()
			.hasAddress("graveyard")
			.hasAttribute(DeadLetters.REASON, "attempts");
	}

	@Test
	void hasTheInterceptorsOfTheApplication() {
		this.letters.send(new ScannedMessage("a"));
		assertThat(BEGUN).containsExactly("letters");
	}

	@RepeatedTest(2)
	void resetsBeforeEachTest() {
		assertThat(this.words.queue().size()).isZero();
		assertThat(this.words.out("split")).isEmpty();
		assertThat(this.letters.outcomes()).isEmpty();
		this.words.send(new ScannedMessage("in an open batch"));
		this.letters.send(new ScannedMessage("failed"));
		assertThat(this.words.out("batch")).isEmpty();
		this.letters.daemon().stop();
	}

	@Test
	void tellsWhichPipelinesThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.pubsub.pipeline("word"))
			.withMessageContaining("Pipelines are: words, letters");
	}

	@Test
	void tellsWhichStagesThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.words.out("count"))
			.withMessageContaining("Its stages are: flat-map, split, batch, publish");
	}

	@EnableAutoConfiguration
	static class Application {

		@Bean
		Pipeline words(SnsProducer producer) {
			return Pipeline.named("words")
				.from(ScannedMessage.class)
				.flatMapIterable((message) -> List.of(message.text().split(" ")))
				.map(ScannedMessage::new)
				.named("split")
				.batch(100, Duration.ofSeconds(1))
				.publish(producer)
				.end();
		}

		@Bean
		Pipeline letters() {
			return Pipeline.named("letters").from(ScannedMessage.class).map((message) -> {
				if (message.text().length() > 1) {
					throw new IllegalStateException("expected");
				}
				return message.text();
			}).named("letter").end();
		}

		@Bean
		OriginInterceptor interceptor() {
			return (pipeline, content, context) -> {
				BEGUN.add(pipeline);
				return new OriginScope() {
				};
			};
		}

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	static class Listener {

		@Handles
		void on(ScannedMessage message) {
			HANDLED.add(message.text());
		}

	}

}
