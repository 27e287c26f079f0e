package io.pubsub.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.UriMessage;
import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutcomeMeters}.
 */
class OutcomeMetersTests {

	private static final MediaType GREETING = new MediaType("text/greeting");

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);

	private final OutcomeMeters meters = new OutcomeMeters(this.registry, new MediaTypeTag(this.schemas),
			Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void timesTheHandling() {
		this.schemas.register(GREETING, UriMessage.class);
		this.meters.onOutcome(result(context(null), "greeter", Outcome.succeeded()));
		assertThat(this.registry.get("pubsub.consumer.handling")
			.tags("media_type", "text/greeting", "handler", "greeter", "outcome", "succeeded")
			.timer()
			.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void countsWhatNobodyHandles() {
		this.meters.onOutcome(result(context(null), null, Outcome.ignored("no handler")));
		assertThat(this.registry.get("pubsub.consumer.handling")
			.tags("media_type", "unknown", "handler", "none", "outcome", "ignored")
			.timer()
			.count()).isEqualTo(1);
	}

	@Test
	void countsMalformedMessages() {
		this.meters.onOutcome(result(null, null, Outcome.failed("malformed", null)));
		assertThat(this.registry.get("pubsub.consumer.handling").tag("outcome", "failed").timer().count()).isEqualTo(1);
	}

	@Test
	void timesFromThePublishingToTheBeginOfTheHandling() {
		this.meters.onOutcome(result(context(NOW.minusSeconds(7)), "greeter", Outcome.succeeded()));
		assertThat(this.registry.get("pubsub.consumer.dwell").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(5);
	}

	@Test
	void timesFromThePublishingToTheOutcome() {
		this.meters.onOutcome(result(context(NOW.minusSeconds(7)), "greeter", Outcome.succeeded()));
		assertThat(this.registry.get("pubsub.consumer.age").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(7);
	}

	@Test
	void tellsOneDaemonFromAnotherInAllMeters() {
		DispatchResult result = result(context(NOW), "greeter", Outcome.failed("invalid", null));
		this.meters.onOutcome(result);
		this.meters.onDeadLetter(result, DeadLetterReason.INVALID, null);
		assertThat(this.registry.getMeters()).hasSize(4)
			.allSatisfy((meter) -> assertThat(meter.getId().getTag("daemon")).isEqualTo("words"));
	}

	@Test
	void takesAPublisherWhoseClockIsAheadForAQuickOne() {
		this.meters.onOutcome(result(context(NOW.plusSeconds(60)), "greeter", Outcome.succeeded()));
		assertThat(this.registry.get("pubsub.consumer.dwell").timer().totalTime(TimeUnit.SECONDS)).isZero();
	}

	@Test
	void timesNoDwellThatIsNotKnown() {
		this.meters.onOutcome(result(context(null), "greeter", Outcome.succeeded()));
		assertThat(this.registry.find("pubsub.consumer.dwell").timer()).isNull();
	}

	@Test
	void countsDeadLettersByReason() {
		DispatchResult result = result(context(null), "greeter", Outcome.failed("invalid", null));
		this.meters.onDeadLetter(result, DeadLetterReason.INVALID, null);
		this.meters.onDeadLetter(result, DeadLetterReason.INVALID, new IllegalStateException());
		assertThat(deadLetters("invalid", "sent")).isEqualTo(1);
		assertThat(deadLetters("invalid", "failed")).isEqualTo(1);
	}

	private double deadLetters(String reason, String result) {
		return this.registry.get("pubsub.consumer.dead.letters")
			.tags("reason", reason, "result", result)
			.counter()
			.count();
	}

	private static MessageContext context(@Nullable Instant publishedAt) {
		return new MessageContext("1", GREETING, 1, null, publishedAt, OpaqueData.none(), Map.of());
	}

	private static DispatchResult result(@Nullable MessageContext context, @Nullable String handler, Outcome outcome) {
		return new DispatchResult("words", "1", 1, context, handler, outcome, null, Duration.ofSeconds(2));
	}

}
