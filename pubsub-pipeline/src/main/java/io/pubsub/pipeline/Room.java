package io.pubsub.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * Where elements change threads: they wait here, up to a number, beyond which whoever
 * brings more waits too. Elements of one key stay in their order and are worked on one at
 * a time; an idle carrier takes any key that nobody is at, with what has gathered of it.
 * <p>
 * A carrier is started when there is something to do, and goes when there is nothing:
 * none polls. Safe for use by many threads.
 */
final class Room extends Place {

	private static final int SPARE_LANES = 256;

	private static final Duration STARTED_AGAIN_AFTER = Duration.ofSeconds(1);

	// Carriers that were away.
	private final Waiters turn;

	@GuardedBy("lock")
	private final Map<Object, Lane> lanes = new HashMap<>();

	@GuardedBy("lock")
	private final Deque<Lane> ready = new ArrayDeque<>();

	@GuardedBy("lock")
	private final Deque<Lane> spare = new ArrayDeque<>();

	private final AtomicReference<@Nullable Chunk> spareChunk = new AtomicReference<>();

	private final int carriers;

	private final Work work;

	private final Run run;

	@GuardedBy("lock")
	private long taken;

	@GuardedBy("lock")
	private int active;

	@GuardedBy("lock")
	private int starting;

	@GuardedBy("lock")
	private int returning;

	/**
	 * Makes a room that is empty.
	 * @param carriers the number of carriers that may work at the same time
	 * @param capacity the number of elements, at work or not, from which on whoever
	 * brings more waits
	 * @param work the work on an element
	 * @param run the run
	 */
	Room(int carriers, int capacity, Work work, Run run) {
		super(capacity, run);
		this.turn = new Waiters(this.lock, run.crew());
		this.carriers = carriers;
		this.work = work;
		this.run = run;
	}

	/**
	 * Brings an element, and waits while there is no room for it.
	 * @param key the key of the element; {@code null} if it need not be kept in order
	 * @param value the element
	 * @param lineage its lineage, of which the caller's count is taken over
	 * @param carrier the calling carrier
	 * @return {@code false} if the element was over before there was room: it is still
	 * the caller's
	 */
	boolean put(@Nullable Object key, Object value, Lineage lineage, Carrier carrier) {
		boolean start;
		this.lock.lock();
		try {
			if (!awaitSpace(lineage, carrier)) {
				return false;
			}
			start = add(key, value, lineage);
		}
		finally {
			this.lock.unlock();
		}
		start(start);
		return true;
	}

	/**
	 * Brings something without waiting.
	 * @param key the key; {@code null} if it need not be kept in order
	 * @param value the thing
	 * @param lineage its lineage; {@code null} for what has none yet
	 * @return an action to be called once no lock is held
	 */
	Runnable force(@Nullable Object key, Object value, @Nullable Lineage lineage) {
		this.lock.lock();
		try {
			boolean start = add(key, value, lineage);
			return () -> start(start);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits while there is no room, after something was brought without waiting.
	 * @param lineage the lineage of the element
	 * @param carrier the calling carrier
	 */
	void throttle(Lineage lineage, Carrier carrier) {
		this.lock.lock();
		try {
			awaitSpace(lineage, carrier);
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private boolean add(@Nullable Object key, Object value, @Nullable Lineage lineage) {
		Lane lane = (key != null) ? this.lanes.get(key) : null;
		if (lane == null) {
			lane = newLane(key);
		}
		countEntered();
		lane.add(value, lineage);
		if (!lane.claim()) {
			return false;
		}
		this.ready.add(lane);
		return needsCarrier();
	}

	@GuardedBy("lock")
	private Lane newLane(@Nullable Object key) {
		Lane lane = this.spare.poll();
		if (lane == null) {
			lane = new Lane();
		}
		lane.assign(key);
		if (key != null) {
			this.lanes.put(key, lane);
		}
		return lane;
	}

	// One that has been started and has not come yet will call for the next.
	@GuardedBy("lock")
	private boolean needsCarrier() {
		if (this.ready.isEmpty() || this.starting > 0 || this.active + this.returning >= this.carriers) {
			return false;
		}
		this.active++;
		this.starting++;
		return true;
	}

	private void start(boolean wanted) {
		if (wanted && !this.run.crew().execute(this::carry)) {
			notStarted();
			Timekeeper.Task unused = this.run.after(STARTED_AGAIN_AFTER, this::startAgain);
		}
	}

	private void notStarted() {
		this.lock.lock();
		try {
			this.active--;
			this.starting--;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startAgain() {
		boolean start;
		this.lock.lock();
		try {
			start = needsCarrier();
		}
		finally {
			this.lock.unlock();
		}
		start(start);
	}

	private void carry() {
		Chunk chunk = takeChunk();
		try (Carrier carrier = new Carrier(this, this.run)) {
			this.run.crew().board(carrier);
			Lane lane = claim(null, chunk);
			while (lane != null) {
				carrier.begin(this.run.nanos());
				workOn(chunk, carrier);
				carrier.leave();
				this.run.progressed();
				lane = claim(lane, chunk);
			}
			this.run.crew().disembark(carrier);
		}
		giveChunk(chunk);
		this.run.rested();
	}

	// One is enough where carriers come and go, and those who stay keep theirs.
	private Chunk takeChunk() {
		Chunk spare = this.spareChunk.getAndSet(null);
		return (spare != null) ? spare : new Chunk();
	}

	private void giveChunk(Chunk chunk) {
		this.spareChunk.set(chunk);
	}

	private void workOn(Chunk chunk, Carrier carrier) {
		for (int i = 0; i < chunk.size(); i++) {
			Lineage lineage = chunk.lineage(i);
			try {
				this.work.carry(chunk.value(i), lineage, carrier);
			}
			catch (Throwable ex) {
				this.run.brokenOff(lineage, ex);
			}
		}
	}

	private @Nullable Lane claim(@Nullable Lane done, Chunk chunk) {
		Lane lane;
		boolean help;
		this.lock.lock();
		try {
			if (done == null) {
				this.starting--;
			}
			else {
				finish(done, chunk.size());
			}
			chunk.clear();
			lane = (this.returning > 0) ? null : this.ready.poll();
			if (lane == null) {
				this.active--;
				this.turn.wakeAll();
			}
			else {
				lane.drainTo(chunk);
				this.taken += chunk.size();
			}
			help = needsCarrier();
		}
		finally {
			this.lock.unlock();
		}
		start(help);
		return lane;
	}

	@GuardedBy("lock")
	private void finish(Lane lane, int elements) {
		countFinished(elements);
		this.taken -= elements;
		if (!lane.isEmpty()) {
			this.ready.add(lane);
		}
		else {
			lane.free();
			retire(lane);
		}
		if (shouldWake(this.ready.isEmpty())) {
			this.space.wakeAll();
		}
	}

	@GuardedBy("lock")
	private void retire(Lane lane) {
		Object key = lane.key();
		if (key != null) {
			this.lanes.remove(key);
		}
		if (this.spare.size() < SPARE_LANES) {
			this.spare.add(lane);
		}
	}

	/**
	 * Says that a carrier of this room waits for something else, so that another one may
	 * work in its place.
	 */
	void away() {
		boolean start;
		this.lock.lock();
		try {
			this.active--;
			this.turn.wakeAll();
			start = needsCarrier();
		}
		finally {
			this.lock.unlock();
		}
		start(start);
	}

	/**
	 * Has a carrier that was away go on, as soon as one of the others stops.
	 */
	void back() {
		this.lock.lock();
		try {
			this.returning++;
			while (this.active >= this.carriers) {
				this.turn.awaitUninterruptibly();
			}
			this.returning--;
			this.active++;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The elements that no carrier has taken over.
	 * @return the number at this moment
	 */
	long waiting() {
		this.lock.lock();
		try {
			return size() - this.taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The work on one element.
	 */
	@FunctionalInterface
	interface Work {

		/**
		 * Works on an element.
		 * @param value the element
		 * @param lineage its lineage, of which the count is taken over; {@code null} for
		 * what has none yet
		 * @param carrier the calling carrier
		 */
		void carry(Object value, @Nullable Lineage lineage, Carrier carrier);

	}

}
