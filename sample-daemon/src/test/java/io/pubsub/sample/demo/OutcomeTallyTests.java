package io.pubsub.sample.demo;

import java.time.Duration;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutcomeTally}.
 */
class OutcomeTallyTests {

	private final OutcomeTally tally = new OutcomeTally();

	@Test
	void countsOutcomesByMediaType() {
		tell("1", "application/tea", Outcome.retry(Duration.ZERO, null));
		tell("1", "application/tea", Outcome.succeeded());
		tell("2", "application/tea", Outcome.succeeded());
		tell("3", null, Outcome.failed("malformed", null));
		assertThat(this.tally.table()).isEqualTo("""
				                 SUCCEEDED  SKIPPED  IGNORED  EXPIRED  RETRIED  FAILED
				(no media type)          -        -        -        -        -       1
				application/tea          2        -        -        -        1       -
				total                    2        -        -        -        1       1\
				""");
	}

	@Test
	void countsMessageOnceHoweverOftenItIsDelivered() {
		tell("1", "application/tea", Outcome.retry(Duration.ZERO, null));
		tell("1", "application/tea", Outcome.succeeded());
		tell("2", "application/tea", Outcome.succeeded());
		assertThat(this.tally.messages()).isEqualTo(2);
	}

	private void tell(String id, @Nullable String mediaType, Outcome outcome) {
		MessageContext context = (mediaType != null)
				? new MessageContext(id, new MediaType(mediaType), 1, null, null, OpaqueData.none(), Map.of()) : null;
		this.tally.onOutcome(new DispatchResult("handlers", id, 1, context, null, outcome, null, Duration.ZERO));
	}

}
