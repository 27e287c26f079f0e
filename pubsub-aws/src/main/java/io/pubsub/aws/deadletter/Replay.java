package io.pubsub.aws.deadletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

import io.pubsub.aws.sqs.QueueClient;
import io.pubsub.dispatch.DeadLetters;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * Sends letters back as the messages that they were, and deletes each when SQS has
 * confirmed that. A letter whose message was among those is known by the id of that
 * message: it has come back. For one thread.
 */
final class Replay implements Worker {

	private static final int MAX_ATTRIBUTES = 10;

	private final Set<String> sent = new HashSet<>();

	private final Set<String> stuckGroups = new HashSet<>();

	private final Predicate<Held> selection;

	private final ReplayOptions options;

	private final Origins origins;

	private final Pause pause;

	private final boolean fifo;

	/**
	 * Makes a replay.
	 * @param selection chooses the letters
	 * @param options says how
	 * @param origins finds the queues
	 * @param pause waits in between
	 * @param fifo whether the letters of a group have to stay in order
	 */
	Replay(Predicate<Held> selection, ReplayOptions options, Origins origins, Pause pause, boolean fifo) {
		this.selection = selection;
		this.options = options;
		this.origins = origins;
		this.pause = pause;
		this.fifo = fifo;
	}

	@Override
	public void work(List<Held> letters, Sweep sweep, Tally tally) {
		List<Attempt> attempts = new ArrayList<>();
		for (Held held : letters) {
			if (this.sent.contains(held.originId())) {
				returned(tally);
			}
			else if (!tally.hasStopped() && this.selection.test(held) && !this.stuckGroups.contains(groupOf(held))) {
				attempts.add(attempt(held, sweep, tally));
			}
		}
		attempts.forEach((attempt) -> count(attempt, tally));
		if (!attempts.isEmpty()) {
			this.pause.await(this.options.pauseAfter(attempts.size()));
		}
	}

	private void returned(Tally tally) {
		int returned = tally.returned();
		if (returned > this.options.maxReturned()) {
			tally.stop(returned + " letters came back after they were replayed");
		}
	}

	// A later letter of a group must not overtake one that stays.
	private Attempt attempt(Held held, Sweep sweep, Tally tally) {
		Attempt attempt = new Attempt(held, send(held), sweep);
		if (this.fifo) {
			count(attempt, tally);
			if (attempt.failure() != null) {
				this.stuckGroups.add(groupOf(held));
			}
		}
		return attempt;
	}

	private static String groupOf(Held held) {
		return String.valueOf(held.letter().group());
	}

	private void count(Attempt attempt, Tally tally) {
		if (!attempt.toBeCounted()) {
			return;
		}
		Throwable failure = attempt.failure();
		String id = attempt.held().id();
		if (failure != null) {
			tally.failed(id, failure);
			if (QueueClient.isLasting(failure)) {
				tally.stop("what was wrong with letter " + id + " is wrong with the others too");
			}
			return;
		}
		this.sent.add(attempt.messageId());
		tally.done();
		Throwable kept = attempt.deleteFailure();
		if (kept != null) {
			tally.failed(id,
					new IllegalStateException(
							"it was replayed, but is still there, and would be replayed a second time: discard it (%s)"
								.formatted(Tally.textOf(kept)),
							kept));
			tally.stop("letters can be replayed but not deleted");
		}
	}

	private CompletableFuture<String> send(Held held) {
		try {
			QueueClient origin = this.origins.of(held.letter());
			return origin.send("SendMessage", (client, url) -> client.sendMessage(request(held, origin.isFifo(), url)))
				.thenApply(SendMessageResponse::messageId)
				.thenApply((id) -> Objects.requireNonNull(id, "SQS has not confirmed the message with an id"));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	// SQS drops a message with the deduplication id of one that it has got in the last
	// five minutes, and the letter would be gone. The id of the letter is new each time
	// it becomes one, and the same if this process is killed before it has deleted it.
	private static SendMessageRequest request(Held held, boolean fifo, String url) {
		String group = held.message().attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
		String trace = held.message().attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER);
		SendMessageRequest.Builder request = SendMessageRequest.builder()
			.queueUrl(url)
			.messageBody(held.message().body())
			.messageAttributes(marked(held))
			.messageGroupId((group != null || !fifo) ? group : held.id())
			.messageDeduplicationId(fifo ? "replay-" + held.id() : null);
		if (trace != null) {
			request.messageSystemAttributes(Map.of(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
					MessageSystemAttributeValue.builder().dataType("String").stringValue(trace).build()));
		}
		return request.build();
	}

	// There is no place for an eleventh attribute.
	private static Map<String, MessageAttributeValue> marked(Held held) {
		Map<String, MessageAttributeValue> attributes = new HashMap<>(held.attributes());
		if (attributes.size() < MAX_ATTRIBUTES || attributes.containsKey(DeadLetters.REPLAYS)) {
			attributes.put(DeadLetters.REPLAYS, LetterReader.string(Integer.toString(held.letter().replays() + 1)));
		}
		return attributes;
	}

	/**
	 * A letter that is being sent and then deleted.
	 */
	private static final class Attempt {

		private final Held held;

		private final CompletableFuture<String> sending;

		private final CompletableFuture<?> deletion;

		private boolean counted;

		Attempt(Held held, CompletableFuture<String> sending, Sweep sweep) {
			this.held = held;
			this.sending = sending;
			this.deletion = sending.thenCompose((id) -> sweep.delete(held));
		}

		boolean toBeCounted() {
			boolean first = !this.counted;
			this.counted = true;
			return first;
		}

		Held held() {
			return this.held;
		}

		String messageId() {
			return this.sending.join();
		}

		@Nullable Throwable failure() {
			return failureOf(this.sending);
		}

		@Nullable Throwable deleteFailure() {
			return failureOf(this.deletion);
		}

		private static @Nullable Throwable failureOf(CompletableFuture<?> call) {
			Throwable failure = call.<@Nullable Throwable>handle((done, thrown) -> thrown).join();
			return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
					: failure;
		}

	}

}
