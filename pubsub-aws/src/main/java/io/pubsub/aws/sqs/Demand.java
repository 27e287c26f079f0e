package io.pubsub.aws.sqs;

import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * How many messages may be asked for, and in how many receives.
 * <p>
 * There are as many slots as messages can be worked on at the same time, plus a prefetch
 * by Little's law: as many as the handlers work off while four receives are under way,
 * one after the other, but at least in 10 ms and at most in a second. With fewer, the
 * handlers would run dry whenever a receive takes a few times longer than most. A slot is
 * taken by a message in flight or by a receive that may bring one. While a slot is free,
 * one receive is out; but one that could ask only for few waits for as long as what was
 * fetched ahead lasts for two receives. More are sent only for full batches, and only as
 * long as the answers say that there is more: their number doubles with each answer of
 * more than one message, up to a limit, and falls back to one with an empty answer or a
 * failure. Of all that are out only one waits long at an empty queue.
 * <p>
 * All that is held and asked for must have room in the memory that there is for it, going
 * by the size of the messages that have come, but for one message.
 * <p>
 * A message that waits for another one of its group is parked: it takes no slot, but
 * counts for the most that may be held, which is all slots with all of the prefetch.
 * <p>
 * Safe for use by many threads.
 */
final class Demand {

	private static final int MAX_RECEIVES = 16;

	// What took longer has waited for messages, not for the answer.
	private static final long LONGEST_ROUND_TRIP = TimeUnit.SECONDS.toNanos(1);

	private static final int RECEIVES_AHEAD = 4;

	// Where receives take next to no time, each would bring only what has just ended.
	private static final double SHORTEST_AHEAD = TimeUnit.MILLISECONDS.toNanos(10);

	private static final double LONGEST_AHEAD = TimeUnit.SECONDS.toNanos(1);

	private static final double SHORTEST_HANDLING = 1_000;

	private static final double SIZE_WEIGHT = 0.1;

	private final int maxPrefetch;

	private final long room;

	@GuardedBy("this")
	private final SmoothedTime receiveTime = new SmoothedTime(0.2);

	@GuardedBy("this")
	private final SmoothedTime handlingTime = new SmoothedTime(0.1);

	@GuardedBy("this")
	private int concurrency;

	@GuardedBy("this")
	private int inFlight;

	@GuardedBy("this")
	private int parked;

	@GuardedBy("this")
	private int reserved;

	@GuardedBy("this")
	private int receives;

	@GuardedBy("this")
	private int allowedReceives = 1;

	@GuardedBy("this")
	private boolean patientOne;

	@GuardedBy("this")
	private int limit = Integer.MAX_VALUE;

	@GuardedBy("this")
	private double messageSize = 1;

	/**
	 * Makes a demand that has asked for nothing.
	 * @param concurrency the number of messages that can be worked on at the same time
	 * @param maxPrefetch the number of further messages that may be held
	 * @param room the number of characters that may be held
	 */
	Demand(int concurrency, int maxPrefetch, long room) {
		this.concurrency = concurrency;
		this.maxPrefetch = maxPrefetch;
		this.room = room;
	}

	/**
	 * Changes how many messages can be worked on at the same time. What is in flight
	 * stays so.
	 * @param concurrency the number, at least 1
	 */
	synchronized void concurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	/**
	 * Changes how many messages may be in flight and asked for, whatever the slots.
	 * @param limit the number, 0 for none
	 */
	synchronized void limit(int limit) {
		this.limit = limit;
	}

	/**
	 * Takes the slots of the next receive.
	 * @return the receive to send, or {@code null} if none is due
	 */
	synchronized @Nullable Ask next() {
		int slots = slots();
		int free = slots - this.inFlight - this.reserved;
		boolean full = free >= SqsLimits.BATCH;
		boolean low = free >= Math.max(slots - this.concurrency - reserve(), 1);
		boolean due = (this.receives == 0) ? full || low : full && this.receives < this.allowedReceives;
		if (!due) {
			return null;
		}
		int limit = Math.min(free, SqsLimits.BATCH);
		Ask ask = new Ask(limit, !this.patientOne);
		this.patientOne = true;
		this.receives++;
		this.reserved += limit;
		return ask;
	}

	@GuardedBy("this")
	private int slots() {
		int most = Math.min(Math.min(this.concurrency + this.maxPrefetch, this.limit), fitting()) - this.parked;
		return Math.min(this.concurrency + prefetch(), most);
	}

	/**
	 * Whether nothing is to be asked for until there is another limit.
	 * @return {@code true} if the limit is 0
	 */
	synchronized boolean isPaused() {
		return this.limit == 0;
	}

	/**
	 * Whether nothing more is asked for until a message is settled or the limit changes:
	 * all slots are taken by messages, or one waits for another one of its group, or
	 * there is a pause.
	 * @return {@code true} if so
	 */
	synchronized boolean isBlocked() {
		return isPaused() || this.parked > 0 || (this.receives == 0 && this.inFlight >= slots());
	}

	/**
	 * A receive was answered: its messages are in flight from now on.
	 * @param ask the receive
	 * @param messages the number of messages that it brought
	 * @param size the number of characters that they have together
	 * @param nanos the time that it took, in nanoseconds
	 */
	synchronized void answered(Ask ask, int messages, long size, long nanos) {
		ended(ask);
		this.inFlight += messages;
		if (messages == 0) {
			this.allowedReceives = 1;
			return;
		}
		grow((double) size / messages);
		if (messages > 1 || messages == ask.limit()) {
			this.allowedReceives = Math.min(this.allowedReceives * 2, MAX_RECEIVES);
		}
		if (nanos < LONGEST_ROUND_TRIP) {
			this.receiveTime.add(nanos);
		}
	}

	/**
	 * A receive failed.
	 * @param ask the receive
	 */
	synchronized void failed(Ask ask) {
		ended(ask);
		this.allowedReceives = 1;
	}

	/**
	 * A message is no longer in flight.
	 */
	synchronized void released() {
		this.inFlight--;
	}

	/**
	 * A message is no longer in flight, because it was worked on.
	 * @param nanos the time that the work took, in nanoseconds
	 */
	synchronized void released(long nanos) {
		this.inFlight--;
		this.handlingTime.add(nanos);
	}

	/**
	 * A message is no longer in flight, because it was handed back. That it took little
	 * time says nothing of the work, which may not have been tried.
	 * @param nanos the time that it took, in nanoseconds
	 */
	synchronized void handedBack(long nanos) {
		this.inFlight--;
		if (this.handlingTime.isKnown() && nanos > this.handlingTime.nanos()) {
			this.handlingTime.add(nanos);
		}
	}

	/**
	 * A message gives up its slot until it is its turn.
	 */
	synchronized void parked() {
		this.inFlight--;
		this.parked++;
	}

	/**
	 * A message is parked no longer: it takes a slot, even if none is free.
	 */
	synchronized void unparked() {
		this.parked--;
		this.inFlight++;
	}

	/**
	 * Tells how many messages are held for handlers that have turned out to be slow: what
	 * was fetched ahead of them goes by how fast they were before.
	 * @param nanos the time for which the handlers have left a message waiting, in
	 * nanoseconds
	 * @return the number of messages above the slots, not negative
	 */
	synchronized int surplus(long nanos) {
		this.handlingTime.atLeast(nanos);
		return Math.max(this.inFlight - this.concurrency - prefetch(), 0);
	}

	synchronized int concurrency() {
		return this.concurrency;
	}

	synchronized int inFlight() {
		return this.inFlight + this.parked;
	}

	// Larger ones may come together, so these count at once.
	@GuardedBy("this")
	private void grow(double size) {
		this.messageSize = Math.max(size, this.messageSize + SIZE_WEIGHT * (size - this.messageSize));
	}

	@GuardedBy("this")
	private int fitting() {
		return (int) Math.max(this.room / Math.max(this.messageSize, 1), 1);
	}

	/**
	 * Whether there is less room than handlers.
	 * @return {@code true} if some of them get no work for lack of memory
	 */
	synchronized boolean isCramped() {
		return fitting() < this.concurrency;
	}

	@GuardedBy("this")
	private int prefetch() {
		if (!this.receiveTime.isKnown() || !this.handlingTime.isKnown()) {
			return 0;
		}
		double ahead = Math.min(Math.max(RECEIVES_AHEAD * this.receiveTime.nanos(), SHORTEST_AHEAD), LONGEST_AHEAD);
		return (int) Math.min(workedOffIn(ahead), this.maxPrefetch);
	}

	// What may be left of the prefetch when the next receive is sent, whatever it asks
	// for.
	@GuardedBy("this")
	private int reserve() {
		return this.receiveTime.isKnown() ? (int) Math.min(workedOffIn(2 * this.receiveTime.nanos()), this.maxPrefetch)
				: 0;
	}

	@GuardedBy("this")
	private long workedOffIn(double nanos) {
		return Math.round(this.concurrency * nanos / Math.max(this.handlingTime.nanos(), SHORTEST_HANDLING));
	}

	@GuardedBy("this")
	private void ended(Ask ask) {
		this.receives--;
		this.reserved -= ask.limit();
		if (ask.patient()) {
			this.patientOne = false;
		}
	}

	/**
	 * One receive that is to be sent.
	 *
	 * @param limit the number of messages that it may bring
	 * @param patient whether it waits at an empty queue for as long as was configured
	 */
	record Ask(int limit, boolean patient) {

	}

}
