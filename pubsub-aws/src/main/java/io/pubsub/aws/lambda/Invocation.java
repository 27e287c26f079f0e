package io.pubsub.aws.lambda;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;

/**
 * The messages of one event on their way through a receiver, which gets as many at once
 * as it may have. Of a group of a FIFO queue it gets one after the other, and none after
 * one that has failed. For one thread.
 */
final class Invocation {

	private static final Timekeeper TIME = Timekeeper.shared();

	private final Deque<Handed> open = new ArrayDeque<>();

	private final Map<String, Handed> lastOfGroup = new HashMap<>();

	private final Set<String> failedGroups = new LinkedHashSet<>();

	private final List<SqsRecord> failed = new ArrayList<>();

	private final Receiver receiver;

	private final int most;

	private final long deadline;

	/**
	 * Begins.
	 * @param receiver the receiver, which is open
	 * @param time the time after which what is not settled is given up
	 */
	Invocation(Receiver receiver, Duration time) {
		this.receiver = receiver;
		Integer concurrency = receiver.concurrency();
		this.most = (concurrency != null) ? concurrency : 1;
		this.deadline = TIME.nanos() + time.toNanos();
	}

	/**
	 * Has messages handled.
	 * @param records the messages
	 * @return those that are to come again, in their order
	 */
	List<SqsRecord> handle(List<SqsRecord> records) {
		records.forEach(this::handOver);
		// A receiver that collects must not wait for more.
		this.receiver.blocked();
		while (!this.open.isEmpty()) {
			await(this.open.element());
		}
		this.receiver.unblocked();
		return records.stream().filter(this.failed::contains).toList();
	}

	private void handOver(SqsRecord record) {
		String group = record.orderedGroup();
		Handed before = (group != null) ? this.lastOfGroup.get(group) : null;
		if (before != null && this.open.contains(before)) {
			awaitBlocked(before);
		}
		if (group != null && this.failedGroups.contains(group)) {
			this.failed.add(record);
			return;
		}
		while (this.open.size() >= this.most) {
			awaitBlocked(this.open.element());
		}
		Handed handed = new Handed(record,
				new TrackedDelivery(record.message(), record.attempt(), new RecordSettler()));
		this.open.add(handed);
		if (group != null) {
			this.lastOfGroup.put(group, handed);
		}
		this.receiver.receive(handed.delivery());
	}

	private void awaitBlocked(Handed handed) {
		this.receiver.blocked();
		await(handed);
		this.receiver.unblocked();
	}

	private void await(Handed handed) {
		this.open.remove(handed);
		if (!isAcknowledged(handed.delivery())) {
			this.failed.add(handed.record());
			String group = handed.record().orderedGroup();
			if (group != null) {
				this.failedGroups.add(group);
			}
		}
	}

	// A dead letter may be under way when the receiver returns: hence the wait.
	private boolean isAcknowledged(TrackedDelivery delivery) {
		try {
			return delivery.settled()
				.toCompletableFuture()
				.get(Math.max(this.deadline - TIME.nanos(), 0), TimeUnit.NANOSECONDS) == Settlement.ACKED;
		}
		catch (TimeoutException | ExecutionException ex) {
			return giveUp(delivery);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return giveUp(delivery);
		}
	}

	private static boolean giveUp(TrackedDelivery delivery) {
		if (!delivery.takeBack()) {
			delivery.lose();
		}
		return false;
	}

	/**
	 * A message that was handed over.
	 *
	 * @param record the message as Lambda gave it
	 * @param delivery the message as the receiver has it
	 */
	private record Handed(SqsRecord record, TrackedDelivery delivery) {

	}

}
