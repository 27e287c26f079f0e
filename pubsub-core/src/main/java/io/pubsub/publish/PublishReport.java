package io.pubsub.publish;

import java.util.List;
import java.util.Objects;

import io.pubsub.internal.LogText;
import io.pubsub.transport.PublishResult;

/**
 * What became of each of several messages.
 *
 * @param results one result for each message, in the order in which they were given
 * @since 0.1.0
 */
public record PublishReport(List<PublishResult> results) {

	public PublishReport {
		results = List.copyOf(results);
	}

	/**
	 * Whether all messages were published.
	 * @return {@code false} if at least one was not
	 */
	public boolean isComplete() {
		return this.results.stream().allMatch(PublishResult::isPublished);
	}

	/**
	 * Why messages were not published.
	 * @return the failures, in the order of the messages; empty if all were published
	 */
	public List<Exception> failures() {
		return this.results.stream().map(PublishResult::failure).filter(Objects::nonNull).toList();
	}

	/**
	 * Insists on completeness.
	 * @return this report
	 * @throws PublishException if a message was not published; its cause is the first
	 * failure, and the others are suppressed in it
	 */
	public PublishReport orThrow() {
		List<Exception> failures = failures();
		if (failures.isEmpty()) {
			return this;
		}
		PublishException failure = new PublishException("%d of %d messages were not published: %s".formatted(
				failures.size(), this.results.size(), LogText.of(failures.get(0).getMessage())), failures.get(0));
		failures.stream().skip(1).forEach(failure::addSuppressed);
		throw failure;
	}

}
