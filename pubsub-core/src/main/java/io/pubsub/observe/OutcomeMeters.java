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
 * has been under way; counts the dead letters.
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
		Tags tags = Tags.of(MediaTypeTag.NAME, mediaType, "handler", nameOf(result.handler()), "outcome",
				result.outcome().kind().name().toLowerCase(Locale.ROOT));
		this.registry.timer(HANDLING, tags).record(result.elapsed());
		Instant publishedAt = publishedAt(result.context());
		if (publishedAt != null) {
			Duration dwell = Duration.between(publishedAt, this.clock.instant().minus(result.elapsed()));
			// The clock of the publisher may be ahead of ours.
			this.registry.timer(DWELL, MediaTypeTag.NAME, mediaType).record(dwell.isNegative() ? Duration.ZERO : dwell);
		}
	}

	@Override
	public void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
		this.registry
			.counter(DEAD_LETTERS, MediaTypeTag.NAME, this.mediaTypes.of(result.mediaType()), "reason", reason.code(),
					"result", (failure != null) ? "failed" : "sent")
			.increment();
	}

	private static String nameOf(@Nullable String handler) {
		return (handler != null) ? handler : NO_HANDLER;
	}

	private static @Nullable Instant publishedAt(@Nullable MessageContext context) {
		return (context != null) ? context.publishedAt() : null;
	}

}
