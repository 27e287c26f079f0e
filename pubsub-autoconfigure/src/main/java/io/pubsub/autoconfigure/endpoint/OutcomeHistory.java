package io.pubsub.autoconfigure.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.observe.MediaTypeTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the numbers of deliveries by outcome, and the last failures, without anything
 * that their messages said.
 */
final class OutcomeHistory implements OutcomeListener {

	private static final int MAX_FAILURES = 50;

	private final MediaTypeTag mediaTypes;

	private final Clock clock;

	@GuardedBy("this")
	private final Map<String, Map<Outcome.Kind, Long>> counts = new TreeMap<>();

	@GuardedBy("this")
	private final Deque<Failure> failures = new ArrayDeque<>();

	OutcomeHistory(MediaTypeTag mediaTypes, Clock clock) {
		this.mediaTypes = mediaTypes;
		this.clock = clock;
	}

	@Override
	public synchronized void onOutcome(DispatchResult result) {
		Outcome.Kind kind = result.outcome().kind();
		String mediaType = this.mediaTypes.of(result.mediaType());
		this.counts.computeIfAbsent(mediaType, (key) -> new EnumMap<>(Outcome.Kind.class)).merge(kind, 1L, Long::sum);
		if (kind == Outcome.Kind.FAILED || kind == Outcome.Kind.EXPIRED) {
			this.failures.addFirst(failure(result, mediaType));
		}
		if (this.failures.size() > MAX_FAILURES) {
			this.failures.removeLast();
		}
	}

	synchronized Map<String, Map<String, Long>> counts() {
		Map<String, Map<String, Long>> copy = new TreeMap<>();
		this.counts.forEach((mediaType, kinds) -> {
			Map<String, Long> byName = new TreeMap<>();
			kinds.forEach((kind, count) -> byName.put(nameOf(kind), count));
			copy.put(mediaType, byName);
		});
		return copy;
	}

	synchronized List<Failure> failures() {
		return List.copyOf(this.failures);
	}

	// The text of an exception may quote the message: its class says enough here.
	private Failure failure(DispatchResult result, String mediaType) {
		Throwable cause = result.outcome().cause();
		return new Failure(this.clock.instant(), result.messageId(), mediaType, result.handler(), result.attempt(),
				nameOf(result.outcome().kind()), (cause != null) ? cause.getClass().getName() : null);
	}

	private static String nameOf(Outcome.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * A delivery that failed or was expired.
	 *
	 * @param time the time of its outcome
	 * @param messageId the id that the source gave to the message
	 * @param mediaType the registered media type, or {@code unknown}
	 * @param handler the handler, if one was found
	 * @param attempt the number of the delivery
	 * @param outcome the kind of its outcome
	 * @param exception the class of the exception, if there was one
	 */
	record Failure(Instant time, String messageId, String mediaType, @Nullable String handler, int attempt,
			String outcome, @Nullable String exception) {

	}

}
