package io.pubsub.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.pubsub.MessageContext;
import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import org.jspecify.annotations.Nullable;

/**
 * Times the handling of every delivery, whatever its outcome, and how long its message
 * has been under way; counts the dead letters. All have the tag {@link DaemonMeters#TAG}.
 *
 * @since 0.1.0
 */
public final class OutcomeMeters implements OutcomeListener {

	/**
	 * The timer of the handling.
	 */
	public static final String HANDLING = "pubsub.consumer.handling";

	/**
	 * The timer from the publishing of a message to the begin of its handling.
	 */
	public static final String DWELL = "pubsub.consumer.dwell";

	/**
	 * The timer from the publishing of a message to its outcome.
	 */
	public static final String AGE = "pubsub.consumer.age";

	/**
	 * The counter of dead letters.
	 */
	public static final String DEAD_LETTERS = "pubsub.consumer.dead.letters";

	private static final String NO_HANDLER = "none";

	private final MeterRegistry registry;

	private final MediaTypeTag mediaTypes;

	private final Clock clock;

	/**
	 * Makes a listener.
	 * @param registry the registry of the meters
	 * @param mediaTypes the tag for media types, which bounds the tag values
	 * @param clock the clock to compare the time of publishing with
	 */
	public OutcomeMeters(MeterRegistry registry, MediaTypeTag mediaTypes, Clock clock) {
		this.registry = registry;
		this.mediaTypes = mediaTypes;
		this.clock = clock;
	}

	@Override
	public void onOutcome(DispatchResult result) {
		String mediaType = this.mediaTypes.of(result.mediaType());
		Tags tags = Tags.of(DaemonMeters.TAG, result.receiver(), MediaTypeTag.NAME, mediaType);
		this.registry.timer(HANDLING, tags.and("handler", nameOf(result.handler()), "outcome",
				result.outcome().kind().name().toLowerCase(Locale.ROOT)))
			.record(result.elapsed());
		Instant publishedAt = publishedAt(result.context());
		if (publishedAt != null) {
			Duration age = Duration.between(publishedAt, this.clock.instant());
			record(DWELL, tags, age.minus(result.elapsed()));
			record(AGE, tags, age);
		}
	}

	// The clock of the publisher may be ahead of ours.
	private void record(String timer, Tags tags, Duration time) {
		this.registry.timer(timer, tags).record(time.isNegative() ? Duration.ZERO : time);
	}

	@Override
	public void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
		this.registry
			.counter(DEAD_LETTERS, DaemonMeters.TAG, result.receiver(), MediaTypeTag.NAME,
					this.mediaTypes.of(result.mediaType()), "reason", reason.code(), "result",
					(failure != null) ? "failed" : "sent")
			.increment();
	}

	private static String nameOf(@Nullable String handler) {
		return (handler != null) ? handler : NO_HANDLER;
	}

	private static @Nullable Instant publishedAt(@Nullable MessageContext context) {
		return (context != null) ? context.publishedAt() : null;
	}

}
