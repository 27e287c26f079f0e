package io.pubsub.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.Arrival;
import io.pubsub.dispatch.Judgement;
import io.pubsub.dispatch.internal.LogFields;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline at work, from the opening of its receiver to its closing: its steps with
 * their rooms, its carriers, and the messages that are in it.
 * <p>
 * Safe for use by many threads.
 */
final class Run {

	private static final Logger logger = LoggerFactory.getLogger(Run.class);

	private static final int MARGIN_PART = 10;

	private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);

	private final List<Place> places = new CopyOnWriteArrayList<>();

	private final List<Step> steps = new CopyOnWriteArrayList<>();

	private final Map<String, Origin> origins = new ConcurrentHashMap<>();

	private final Failures failures = new Failures();

	private final RunSettings settings;

	private final Judgement judgement;

	private final SideDoor sideDoor;

	private final RunListener listener;

	private final Crew crew;

	private volatile boolean blocked;

	private volatile boolean draining;

	private volatile boolean aborted;

	private volatile Timekeeper.@Nullable Task abortion;

	/**
	 * Makes a run without steps.
	 * @param settings the settings of the receiver
	 * @param judgement the judgement on its messages
	 * @param sideDoor the way out for failed elements
	 * @param listener the listener to what happens in it
	 */
	Run(RunSettings settings, Judgement judgement, SideDoor sideDoor, RunListener listener) {
		this.settings = settings;
		this.judgement = judgement;
		this.sideDoor = sideDoor;
		this.listener = listener;
		this.crew = new Crew(settings.pipeline().name(), settings.threadFactory());
	}

	String name() {
		return this.settings.pipeline().name();
	}

	SideDoor sideDoor() {
		return this.sideDoor;
	}

	@Nullable StageListener listener() {
		return this.settings.listener();
	}

	int maxInFlight() {
		return this.settings.maxInFlight();
	}

	long nanos() {
		return this.settings.timekeeper().nanos();
	}

	Timekeeper.Task after(Duration time, Runnable action) {
		return this.settings.timekeeper().after(time, action);
	}

	Duration backoff(int attempt) {
		return this.settings.backoff().delay(attempt);
	}

	/**
	 * Makes a room.
	 * @param carriers the number of carriers that may work in it at the same time
	 * @param capacity the number of elements from which on whoever brings more waits
	 * @param work the work on an element
	 * @return the room, empty
	 */
	Room room(int carriers, int capacity, Room.Work work) {
		Room room = new Room(carriers, capacity, work, this);
		this.places.add(room);
		return room;
	}

	/**
	 * Makes a gate.
	 * @param capacity the number of elements that it lets in at the same time
	 * @return the gate, with nobody inside
	 */
	Gate gate(int capacity) {
		Gate gate = new Gate(capacity, this);
		this.places.add(gate);
		return gate;
	}

	/**
	 * Makes the steps.
	 * @param pipeline the pipeline
	 * @return the first of them
	 */
	Step assemble(Pipeline pipeline) {
		Assembly assembly = new Assembly(this);
		Step first = assembly.assemble(pipeline.stages(), new DoneStep(this));
		assembly.steps().forEach(this::add);
		return first;
	}

	void add(Step step) {
		step.number(this.steps.size());
		this.steps.add(step);
	}

	List<Step> steps() {
		return this.steps;
	}

	Crew crew() {
		return this.crew;
	}

	Collection<Origin> origins() {
		return this.origins.values();
	}

	Failures failures() {
		return this.failures;
	}

	void progressed() {
		this.listener.progressed();
	}

	LogFields logFields(MessageContext context) {
		return LogFields.of(context.messageId(), context, name(), this.settings.loggedKeys());
	}

	boolean isLastAttempt(Delivery delivery) {
		return this.judgement.isLastAttempt(delivery);
	}

	@Nullable Outcome refusal(Delivery delivery) {
		return this.judgement.refusal(delivery);
	}

	OriginScopes scopes(Object content, MessageContext context) {
		return OriginScopes.begin(this.settings.interceptors(), name(), content, context);
	}

	/**
	 * Begins a batch.
	 * @param members the lineages of its elements
	 * @return the surroundings of the work on it
	 */
	OriginScope jointScope(@Nullable Lineage[] members) {
		List<OriginInterceptor> interceptors = this.settings.interceptors();
		return interceptors.isEmpty() ? OriginScope.PLAIN
				: OriginScopes.join(interceptors, name(), Joint.origins(members).stream().map(Origin::scopes).toList());
	}

	/**
	 * Registers a message that is about to begin. The same message as it was delivered
	 * before, if it is still registered, has ended.
	 * @param origin the message
	 */
	void enter(Origin origin) {
		this.origins.put(origin.messageId(), origin);
		if (this.aborted) {
			origin.note(Failure.stopped());
		}
	}

	@Nullable Origin find(String messageId) {
		return this.origins.get(messageId);
	}

	/**
	 * Says that a message has been settled.
	 * @param origin the message
	 * @param behind other deliveries of it that have waited for this, parked
	 */
	void left(Origin origin, Collection<Delivery> behind) {
		// Before the message is gone: whoever closes this run waits for it, and then
		// there
		// is nobody any more to take them.
		for (Delivery delivery : behind) {
			if (delivery.unpark()) {
				this.listener.again(delivery);
			}
		}
		this.origins.remove(origin.messageId(), origin);
		if (this.draining) {
			tellEmpty();
		}
		this.listener.settled();
		progressed();
	}

	/**
	 * Ends what the engine itself, or what is plugged into it, has failed on.
	 * @param lineage the lineage of the element; {@code null} if it has none yet
	 * @param thrown the exception
	 */
	void brokenOff(@Nullable Lineage lineage, Throwable thrown) {
		logger.error("The pipeline {} failed on an element itself: its messages are handed back", name(),
				LogText.printable(thrown));
		if (lineage != null) {
			lineage.breakOff(Failure.of(thrown));
		}
	}

	void judge(Arrival<?> arrival, Outcome outcome) {
		this.judgement.judge(arrival, outcome);
	}

	/**
	 * Says that the source could not keep a message.
	 * @param origin the message
	 */
	void lost(Origin origin) {
		origin.lose();
		this.crew.carriers().forEach(Carrier::interruptIfOver);
		this.steps.forEach(Step::endWhatIsOver);
	}

	/**
	 * Says that a message is over: who waits before another attempt at it need not.
	 */
	void over() {
		this.crew.carriers().forEach(Carrier::wakeIfOver);
		this.steps.forEach(Step::endWhatIsOver);
	}

	void failed(StageInfo stage, Lineage lineage, Throwable thrown) {
		logFailure(stage, lineage, thrown);
		this.failures.add(stage.label(), lineage.context(), thrown, this.settings.timekeeper().now());
	}

	/**
	 * Logs what a function has thrown. Of a message that fails, the log has one exception
	 * only.
	 * @param stage the stage of the function
	 * @param lineage the lineage of the element
	 * @param thrown the exception
	 */
	void logFailure(StageInfo stage, Lineage lineage, Throwable thrown) {
		if (logger.isDebugEnabled()) {
			logger.debug("Stage {} of pipeline {} failed on an element of {}", stage.label(), name(),
					LogText.of(lineage.context()), LogText.printable(thrown));
		}
	}

	/**
	 * Says whether anything will come before something is settled.
	 * @param blocked {@code true} if not
	 */
	void blocked(boolean blocked) {
		this.blocked = blocked;
		if (blocked) {
			rested();
		}
	}

	/**
	 * Looks whether everything that is in here rests in open batches while nothing else
	 * will come: then these let go. Call it whenever something may have come to rest.
	 */
	void rested() {
		if ((this.blocked || this.draining) && isAtRest()) {
			letGo();
		}
	}

	private void letGo() {
		this.steps.forEach(Step::flush);
	}

	// All that had been finished is counted before all that had entered: if these are the
	// same, there was a moment at which nothing was under way.
	boolean isAtRest() {
		long finished = sum(Place::finished);
		return finished == sum(Place::entered);
	}

	private long sum(ToLongFunction<Place> count) {
		return this.places.stream().mapToLong(count).sum();
	}

	/**
	 * Begins to stop: no message begins any more, batches let go, and nothing is tried
	 * again. What has not ended shortly before the time is over is handed back.
	 * @param within the time
	 */
	void drain(Duration within) {
		this.draining = true;
		this.crew.carriers().forEach(Carrier::wake);
		letGo();
		if (within.isNegative() || within.isZero()) {
			abort();
			return;
		}
		Duration part = within.dividedBy(MARGIN_PART);
		Duration margin = (part.compareTo(LONGEST_MARGIN) < 0) ? part : LONGEST_MARGIN;
		this.abortion = after(within.minus(margin), this::abort);
	}

	boolean isDraining() {
		return this.draining;
	}

	/**
	 * Ends what has not been done by now: it is handed back, and whoever works on it is
	 * interrupted.
	 */
	void abort() {
		this.draining = true;
		this.aborted = true;
		this.origins.values().forEach((origin) -> origin.note(Failure.stopped()));
		this.places.forEach(Place::wake);
		this.crew.carriers().forEach(Carrier::wake);
		this.crew.carriers().forEach(Carrier::interruptIfOver);
		letGo();
	}

	boolean isAborted() {
		return this.aborted;
	}

	/**
	 * Ends the run.
	 * @param within the time to wait for those at work
	 */
	void close(Duration within) {
		Timekeeper.Task abortion = this.abortion;
		if (abortion != null) {
			abortion.cancel();
		}
		long deadline = System.nanoTime() + within.toNanos();
		if (!this.origins.isEmpty()) {
			abort();
		}
		try {
			awaitEmpty(deadline);
			this.crew.dismiss(deadline - System.nanoTime());
		}
		catch (InterruptedException ex) {
			this.crew.dismissNow();
			Thread.currentThread().interrupt();
		}
	}

	private synchronized void awaitEmpty(long deadline) throws InterruptedException {
		long remaining = deadline - System.nanoTime();
		while (!this.origins.isEmpty() && remaining > 0) {
			TimeUnit.NANOSECONDS.timedWait(this, remaining);
			remaining = deadline - System.nanoTime();
		}
	}

	private synchronized void tellEmpty() {
		notifyAll();
	}

}
