package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.pubsub.MessageSchema;
import io.pubsub.Outcome;
import io.pubsub.pipeline.Batch;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PipelineTester}.
 */
class PipelineTesterTests {

	@Test
	void acknowledgesAMessageWhenItsLastElementIsDone() {
		Pipeline pipeline = words().to((batch) -> {
		});
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.send(new Sentence("to be or not to be"));
			assertThat(tester.outcomes().outcomes()).isEmpty();
			tester.advance(Duration.ofSeconds(1));
			assertThat(tester.outcomes().outcomes()).containsExactly(Outcome.succeeded());
			assertThat(tester.out("keyed-by")).hasSize(6).contains("to", "be", "or", "not");
			assertThat(tester.queue().size()).isZero();
		}
	}

	@Test
	void letsGoOfABatchWhenTheSourceIsBlocked() {
		try (PipelineTester tester = PipelineTester.of(words().end())) {
			tester.send(new Sentence("hello"));
			tester.flush();
			assertThat(tester.out("batch")).containsExactly(List.of("hello"));
		}
	}

	private static Flow<Batch<String>> words() {
		return Pipeline.named("words")
			.from(Sentence.class)
			.flatMap((sentence) -> Stream.of(sentence.text().split(" ")))
			.keyedBy((word) -> word, 4)
			.map((word) -> word)
			.batch(100, Duration.ofSeconds(1));
	}

	@MessageSchema(mediaType = "application/vnd.test.sentence")
	record Sentence(@NotBlank String text) {

	}

}
