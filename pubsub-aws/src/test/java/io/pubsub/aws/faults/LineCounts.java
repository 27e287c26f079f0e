package io.pubsub.aws.faults;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.Outcome;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import org.awaitility.Awaitility;

/**
 * What has happened to objects whose lines are counted, and to the messages that tell of
 * them, in its order. Safe for use by many threads.
 */
final class LineCounts implements OutcomeListener {

	private final List<Object> events = new CopyOnWriteArrayList<>();

	/**
	 * Counts the lines of an object.
	 * @param objects the way to it
	 * @param object the object
	 * @return its lines
	 * @throws IOException if it cannot be read
	 */
	static Count count(S3Objects objects, S3Object object) throws IOException {
		try (Stream<String> lines = objects.lines(object)) {
			return new Count(object.key(), lines.filter((line) -> !line.isEmpty()).count());
		}
	}

	void record(Count count) {
		this.events.add(count);
	}

	@Override
	public void onOutcome(DispatchResult result) {
		this.events.add(result.outcome().kind());
	}

	/**
	 * The counts and the outcomes of messages until now.
	 * @return each a {@link Count} or an {@link Outcome.Kind}
	 */
	List<Object> events() {
		return List.copyOf(this.events);
	}

	List<Count> counts() {
		return this.events.stream().filter(Count.class::isInstance).map(Count.class::cast).toList();
	}

	List<Outcome.Kind> outcomes() {
		return this.events.stream().filter(Outcome.Kind.class::isInstance).map(Outcome.Kind.class::cast).toList();
	}

	/**
	 * Waits until messages have succeeded.
	 * @param messages the number of messages
	 */
	void awaitSucceeded(int messages) {
		Awaitility.await()
			.atMost(Faults.PATIENCE)
			.until(() -> outcomes().stream().filter(Outcome.Kind.SUCCEEDED::equals).count() >= messages);
	}

	/**
	 * The number of lines of an object.
	 *
	 * @param key the key
	 * @param lines the number of lines that are not empty
	 */
	record Count(String key, long lines) {

	}

}
