package io.pubsub.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of messages lately, without their content. Safe for use by many
 * threads.
 */
final class Recorder implements OutcomeListener, DestinationDecorator {

	private static final int FAILURES = 50;

	private final Tracks consumers;

	private final Tracks handlers;

	private final Tracks topics;

	private final MediaTypeTag mediaTypes;

	private final Timekeeper time;

	private final Clock clock;

	@GuardedBy("this")
	private final Deque<Failure> failures = new ArrayDeque<>();

	Recorder(MediaTypeTag mediaTypes, Timekeeper time) {
		this.mediaTypes = mediaTypes;
		this.time = time;
		this.clock = time.clock();
		this.consumers = new Tracks(this.clock);
		this.handlers = new Tracks(this.clock);
		this.topics = new Tracks(this.clock);
	}

	@Override
	public void onOutcome(DispatchResult result) {
		Outcome.Kind kind = result.outcome().kind();
		Duration wait = wait(result);
		this.consumers.get(result.receiver()).record(nameOf(kind), result.elapsed(), wait);
		String handler = result.handler();
		if (handler != null) {
			this.handlers.get(handler).record(nameOf(kind), result.elapsed(), wait);
		}
		if (kind == Outcome.Kind.FAILED || kind == Outcome.Kind.EXPIRED) {
			add(failure(result));
		}
	}

	// The clock of the publisher may be ahead of ours.
	private @Nullable Duration wait(DispatchResult result) {
		MessageContext context = result.context();
		Instant publishedAt = (context != null) ? context.publishedAt() : null;
		if (publishedAt == null) {
			return null;
		}
		Duration wait = Duration.between(publishedAt, this.clock.instant()).minus(result.elapsed());
		return wait.isNegative() ? Duration.ZERO : wait;
	}

	// The text of an exception may quote the message: its class says enough here.
	private Failure failure(DispatchResult result) {
		Throwable cause = result.outcome().cause();
		return new Failure(this.clock.millis(), result.receiver(), result.messageId(),
				this.mediaTypes.of(result.mediaType()), result.handler(), result.attempt(),
				nameOf(result.outcome().kind()), (cause != null) ? cause.getClass().getName() : null);
	}

	private synchronized void add(Failure failure) {
		if (this.failures.size() == FAILURES) {
			this.failures.removeLast();
		}
		this.failures.addFirst(failure);
	}

	private static String nameOf(Outcome.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public Destination decorate(Destination destination) {
		return (messages) -> {
			long begin = this.time.nanos();
			return destination.publish(messages)
				.whenComplete((results, failure) -> published(messages, results,
						Duration.ofNanos(this.time.nanos() - begin)));
		};
	}

	private void published(List<OutboundMessage> messages, @Nullable List<PublishResult> results, Duration time) {
		for (int i = 0; i < messages.size(); i++) {
			boolean published = results != null && i < results.size() && results.get(i).isPublished();
			this.topics.get(messages.get(i).address()).record(published ? "published" : "failed", time, null);
		}
	}

	Tracks consumers() {
		return this.consumers;
	}

	Tracks handlers() {
		return this.handlers;
	}

	Tracks topics() {
		return this.topics;
	}

	/**
	 * The last deliveries that failed or were expired.
	 * @return the failures, the latest first
	 */
	synchronized List<Failure> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * A delivery that failed or was expired.
	 *
	 * @param time the time of its outcome, in milliseconds since 1970
	 * @param consumer the consumer
	 * @param messageId the id that the source gave to the message
	 * @param mediaType the registered media type, or {@code unknown}
	 * @param handler the handler, if one was found
	 * @param attempt the number of the delivery
	 * @param outcome the kind of its outcome
	 * @param exception the class of the exception, if there was one
	 */
	record Failure(long time, String consumer, String messageId, String mediaType, @Nullable String handler,
			int attempt, String outcome, @Nullable String exception) {

	}

}
