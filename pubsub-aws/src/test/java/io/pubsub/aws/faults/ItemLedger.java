package io.pubsub.aws.faults;

import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.pipeline.Batch;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The items that a pipeline has done, and the messages that it has settled. Safe for use
 * by many threads.
 */
final class ItemLedger implements OutcomeListener {

	private final HandledLedger items = new HandledLedger();

	private final Map<String, Set<Integer>> done = new ConcurrentHashMap<>();

	private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

	private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

	private final AtomicInteger handedBack = new AtomicInteger();

	/**
	 * Notes the items of a batch.
	 * @param batch the numbers of the items
	 */
	void recordAll(Batch<Integer> batch) {
		IntStream.range(0, batch.size()).forEach((place) -> record(batch.context(place), batch.get(place)));
	}

	/**
	 * Notes an item of the message that the thread is at.
	 * @param item the number of the item
	 */
	void record(int item) {
		record(Objects.requireNonNull(MessageContext.current()), item);
	}

	private void record(MessageContext context, int item) {
		this.items.record(item);
		this.done.computeIfAbsent(context.messageId(), (id) -> ConcurrentHashMap.newKeySet()).add(item);
	}

	@Override
	public void onOutcome(DispatchResult result) {
		String id = result.messageId();
		if (result.outcome().kind() != Outcome.Kind.SUCCEEDED) {
			this.handedBack.incrementAndGet();
		}
		else if (this.done.getOrDefault(id, Set.of()).size() < Parcel.ITEMS || !this.acknowledged.add(id)) {
			this.wrong.add(id);
		}
	}

	/**
	 * The number of times that an item was done again.
	 * @return the number for all items together
	 */
	int duplicates() {
		return this.items.duplicates();
	}

	/**
	 * The number of times that a message was handed back.
	 * @return the number for all messages together
	 */
	int handedBack() {
		return this.handedBack.get();
	}

	void awaitDone(int items) {
		this.items.awaitHandled(items);
	}

	void awaitAcknowledged(int messages) {
		Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.acknowledged.size() >= messages);
	}

	/**
	 * Asserts that each message was acknowledged once, and none before its last item was
	 * done.
	 * @param messages the number of messages
	 */
	void assertAllAcknowledgedAfterTheirItems(int messages) {
		this.items.assertAllHandled(messages * Parcel.ITEMS);
		assertThat(this.acknowledged).hasSize(messages);
		assertThat(this.wrong).isEmpty();
	}

}
