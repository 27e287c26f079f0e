package io.pubsub.test;

import java.time.Duration;
import java.util.List;

import io.pubsub.MessageSchema;
import io.pubsub.Outcome;
import io.pubsub.pipeline.FailureHandler;
import io.pubsub.pipeline.Pipeline;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the side door of a pipeline that leads to a destination.
 */
class ElementLettersTests {

	private final InMemoryDestination letters = new InMemoryDestination();

	private final FailureHandler sideDoor = FailureHandler.to(this.letters, "bad-numbers", JsonMapper.shared());

	private final Pipeline pipeline = Pipeline.named("numbers")
		.from(Numbers.class)
		.flatMapIterable(Numbers::texts)
		.map(Integer::parseInt)
		.named("parse")
		.rejecting(NumberFormatException.class::isInstance)
		.end()
		.onFailure(this.sideDoor);

	@Test
	void sendsTheElementAndAcknowledgesItsMessage() {
		try (PipelineTester tester = PipelineTester.of(this.pipeline)) {
			String id = tester.send(new Numbers(List.of("1", "two", "3")));
			assertThat(tester.outcomes().outcomes()).containsExactly(Outcome.succeeded());
			assertThat(tester.out("parse")).containsExactly(1, 3);
			assertThat(this.letters.published()).singleElement().satisfies((letter) -> {
				assertThat(letter.body()).isEqualTo("\"two\"");
				assertThat(letter.attributes().get("dead_letter_reason")).isEqualTo("element");
				assertThat(letter.attributes().get("dead_letter_detail")).contains(id, "numbers", "parse");
			});
		}
	}

	@Test
	void givesEqualElementsLettersOfTheirOwn() {
		try (PipelineTester tester = PipelineTester.of(this.pipeline)) {
			tester.send(new Numbers(List.of("two", "two")));
			assertThat(this.letters.published()).extracting((letter) -> letter.attributes().get("dead_letter_detail"))
				.hasSize(2)
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void namesTheStageOfAPlainFailure() {
		Pipeline plain = Pipeline.named("plain")
			.from(Numbers.class)
			.flatMapIterable(Numbers::texts)
			.map(Integer::parseInt)
			.named("parse")
			.end();
		try (PipelineTester tester = PipelineTester.of(plain)) {
			tester.send(new Numbers(List.of("two")));
			assertThat(tester.outcomes().outcomes()).singleElement()
				.extracting(Outcome::reason)
				.isEqualTo("NumberFormatException in stage parse");
		}
	}

	@Test
	void whenTheLetterIsNotSentHandsTheMessageBack() {
		this.letters.refuse("bad-numbers", new IllegalStateException("expected"));
		try (PipelineTester tester = PipelineTester.of(this.pipeline)) {
			tester.send(new Numbers(List.of("two")));
			assertThat(tester.outcomes().outcomes()).singleElement()
				.extracting(Outcome::kind)
				.isEqualTo(Outcome.Kind.FAILED);
			this.letters.accept("bad-numbers");
			tester.advance(Duration.ofSeconds(1));
			assertThat(this.letters.published()).hasSize(1);
			assertThat(tester.queue().size()).isZero();
		}
	}

	@MessageSchema(mediaType = "application/vnd.test.numbers")
	record Numbers(List<String> texts) {

	}

}
