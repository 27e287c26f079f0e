package io.pubsub.sample.pipeline.words;

import java.time.Duration;

import io.pubsub.Outcome;
import io.pubsub.test.PipelineTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WordsPipeline}.
 */
class WordsPipelineTests {

	private final WordCounts counts = new WordCounts();

	private final PipelineTester tester = PipelineTester
		.of((producer) -> new WordsPipeline().words(new Reader(), this.counts, producer));

	@AfterEach
	void stop() {
		this.tester.close();
	}

	@Test
	void acknowledgesASentenceWhenItsCountsArePublished() {
		this.tester.send(new Sentence("To be, or not to be."));
		assertThat(this.tester.out("count")).hasSize(6);
		assertThat(this.tester.outcomes()).isEmpty();
		this.tester.advance(Duration.ofSeconds(1));
		assertThat(this.tester.published()).hasSize(6);
		assertThat(this.tester.outcomes()).hasKinds(Outcome.Kind.SUCCEEDED);
	}

	@Test
	void readsAQuestionAgainASecondLater() {
		this.tester.send(new Sentence("To be?"));
		this.tester.advance(Duration.ofSeconds(1));
		this.tester.flush();
		assertThat(this.tester.outcomes()).hasKinds(Outcome.Kind.FAILED, Outcome.Kind.SUCCEEDED);
		assertThat(this.counts.published()).containsOnlyKeys("to", "be").containsEntry("be", 1L);
	}

	@Test
	void publishesNothingOfASentenceThatItCannotRead() {
		this.tester.send(new Sentence("2 be, or not 2 be."));
		this.tester.flush();
		assertThat(this.tester.published()).isEmpty();
		assertThat(this.tester.statistics().failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.stage()).isEqualTo("take-apart"));
	}

}
