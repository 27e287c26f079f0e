package io.pubsub.sample.pipeline.words;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Remembers how each delivery of each sentence has ended.
 */
@Component
class Outcomes implements OutcomeListener {

	private final Map<String, List<Outcome.Kind>> bySentence = new HashMap<>();

	private final Set<String> deadLetters = new HashSet<>();

	private final Set<String> finished = new HashSet<>();

	@Override
	public synchronized void onOutcome(DispatchResult result) {
		String sentence = sentence(result);
		if (sentence != null) {
			this.bySentence.computeIfAbsent(sentence, (id) -> new ArrayList<>()).add(result.outcome().kind());
			if (result.outcome().kind().isAcknowledged()) {
				finish(sentence);
			}
		}
	}

	@Override
	public synchronized void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
		String sentence = sentence(result);
		if (sentence != null && failure == null) {
			this.deadLetters.add(sentence);
			finish(sentence);
		}
	}

	// The counts that are published come to the same queue.
	private static @Nullable String sentence(DispatchResult result) {
		MessageContext context = result.context();
		return (context != null && context.mediaType().value().equals(Sentence.MEDIA_TYPE)) ? context.snsMessageId()
				: null;
	}

	private void finish(String sentence) {
		this.finished.add(sentence);
		notifyAll();
	}

	/**
	 * Waits until some sentences are at their end.
	 * @param sentences the number of sentences
	 * @param patience the time to wait at most
	 * @return {@code false} if they were not in that time
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized boolean await(int sentences, Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while (this.finished.size() < sentences && System.nanoTime() < end) {
			TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
		}
		return this.finished.size() >= sentences;
	}

	/**
	 * Tells how a sentence has ended.
	 * @param id the id that SNS gave to it
	 * @return the kinds of its outcomes, in their order
	 */
	synchronized String of(String id) {
		List<String> kinds = new ArrayList<>(
				this.bySentence.getOrDefault(id, List.of()).stream().map(Outcome.Kind::name).toList());
		if (this.deadLetters.contains(id)) {
			kinds.add("dead letter");
		}
		return String.join(", ", kinds);
	}

}
