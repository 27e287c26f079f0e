package io.pubsub.sample.pipeline.clicks;

import java.time.Duration;
import java.time.Instant;

import io.pubsub.Outcome;
import io.pubsub.test.PipelineTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClicksPipeline}.
 */
class ClicksPipelineTests {

	private static final Instant TIME = Instant.parse("2026-11-28T10:00:00Z");

	private final ClickTally tally = new ClickTally();

	private final PipelineTester tester = PipelineTester
		.of((producer) -> new ClicksPipeline().clicks(producer, this.tally, 10));

	@AfterEach
	void stop() {
		this.tester.close();
	}

	@Test
	void publishesTheCountOfEachPageInEachWindow() {
		click("/", 0);
		click("/help", 1);
		click("/", 9);
		click("/", 10);
		this.tester.advance(Duration.ofSeconds(10));
		assertThat(this.tally.table()).containsPattern("\n2026-11-28T10:00:00Z +/ +2 +1\n")
			.containsPattern("\n2026-11-28T10:00:00Z +/help +1 +1\n")
			.containsPattern("\n2026-11-28T10:00:10Z +/ +1 +1\n")
			.containsPattern("\ntotal +4 +3$");
	}

	@Test
	void isDoneWithAClickWhenItsCountIsPublished() {
		click("/", 0);
		this.tester.advance(Duration.ofSeconds(9));
		assertThat(this.tester.outcomes()).isEmpty();
		this.tester.advance(Duration.ofSeconds(1));
		assertThat(this.tester.published()).hasSize(1);
		assertThat(this.tester.outcomes()).hasKinds(Outcome.Kind.SUCCEEDED);
	}

	private void click(String page, int second) {
		this.tester.send(new Click("ada", page, TIME.plusSeconds(second)));
	}

}
