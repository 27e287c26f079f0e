package io.pubsub.autoconfigure.endpoint;

import java.time.Clock;
import java.time.Duration;

import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.schema.SchemaRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link OutcomeHistory}.
 */
class OutcomeHistoryTests {

	private final OutcomeHistory history = new OutcomeHistory(
			new MediaTypeTag(new SchemaRegistry(new MediaTypes("example"), true)), Clock.systemUTC());

	@Test
	void countsByOutcome() {
		add("1", Outcome.succeeded());
		add("2", Outcome.succeeded());
		add("3", Outcome.ignored(null));
		assertThat(this.history.counts().get("unknown")).containsOnly(entry("succeeded", 2L), entry("ignored", 1L));
	}

	@Test
	void keepsOnlyWhatWentWrong() {
		add("1", Outcome.succeeded());
		add("2", Outcome.retry(null, null));
		add("3", Outcome.expired(null));
		add("4", Outcome.failed(null, null));
		assertThat(this.history.failures()).extracting("messageId").containsExactly("4", "3");
	}

	@Test
	void forgetsTheOldestFailures() {
		for (int i = 1; i <= 60; i++) {
			add("message-" + i, Outcome.failed(null, null));
		}
		assertThat(this.history.failures()).hasSize(50).first().extracting("messageId").isEqualTo("message-60");
	}

	private void add(String messageId, Outcome outcome) {
		this.history.onOutcome(new DispatchResult("handlers", messageId, 1, null, null, outcome, null, Duration.ZERO));
	}

}
