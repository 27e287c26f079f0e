package io.pubsub.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.pubsub.MessageContext;
import io.pubsub.dispatch.internal.LogContext;
import io.pubsub.dispatch.internal.ThreadState;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread at work in a room, and what is current on it: the element's lineage with its
 * context, its log fields and its scope. It changes them only when another lineage comes.
 * <p>
 * For its own thread, but for what says otherwise.
 */
final class Carrier implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Carrier.class);

	// It changes with each call, and whoever looks at it may be late.
	private static final AtomicReferenceFieldUpdater<Carrier, @Nullable Step> STEP = AtomicReferenceFieldUpdater
		.newUpdater(Carrier.class, Step.class, "step");

	private static final Object INTERRUPTING = new Object();

	private static final Object INTERRUPTED = new Object();

	// What users' functions leave on the thread; looking for it each time would cost more
	// than they do.
	private static final long RESTORED_AFTER_NANOS = 1_000_000;

	private final Thread thread = Thread.currentThread();

	private final ThreadState before = ThreadState.save();

	// The lineage at work, which others may interrupt.
	private final AtomicReference<@Nullable Object> work = new AtomicReference<>();

	private final Room room;

	private final Run run;

	private MessageContext.@Nullable Scope contextBefore;

	private @Nullable Lineage current;

	private AutoCloseable scope = OriginScope.NOTHING;

	private volatile @Nullable Step step;

	private volatile long since;

	private volatile @Nullable Pause pause;

	private long restored;

	// By the number of the step: a quick one must not take the turns of a slow one.
	private final int[] untimed;

	private int reported;

	/**
	 * Puts the calling thread to work.
	 * @param room the room that it works for
	 * @param run the run
	 */
	Carrier(Room room, Run run) {
		this.room = room;
		this.run = run;
		this.untimed = new int[run.steps().size()];
	}

	/**
	 * Begins the call of a user's function.
	 * @param step the step that calls it
	 * @param lineage the lineage of the element
	 * @return the time of the call if it is to be measured, else 0
	 */
	long enter(Step step, Lineage lineage) {
		resume(step, lineage);
		if (this.untimed[step.number()]-- > 0) {
			return 0;
		}
		this.untimed[step.number()] = StageMeter.UNTIMED_CALLS;
		long now = this.run.nanos();
		this.since = now;
		return now;
	}

	/**
	 * Goes on with a step that has handed something on meanwhile.
	 * @param step the step
	 * @param lineage the lineage of its element
	 */
	void resume(Step step, Lineage lineage) {
		STEP.lazySet(this, step);
		if (lineage != this.current) {
			leave();
			this.current = lineage;
			this.work.set(lineage);
			// It may have been lost before anybody could see who is at it.
			interruptIfOver();
			show(lineage);
		}
	}

	/**
	 * Ends a measured call.
	 * @param start the time that {@link #enter} gave
	 * @param step the step that has called
	 */
	void measured(long start, Step step) {
		if (start != 0 && step.meter().time(this.run.nanos() - start)) {
			this.untimed[step.number()] = 0;
		}
	}

	private void show(Lineage lineage) {
		MessageContext.Scope opened = lineage.context().makeCurrent();
		if (this.contextBefore == null) {
			this.contextBefore = opened;
		}
		LogContext.switchTo(lineage.logFields());
		this.scope = openScope(lineage);
	}

	private AutoCloseable openScope(Lineage lineage) {
		try {
			return lineage.openScope();
		}
		catch (RuntimeException | Error ex) {
			// The next call must try to enter it again.
			leave();
			throw ex;
		}
	}

	/**
	 * Ends the work on the current lineage. An interrupt that was meant for it is gone.
	 */
	void leave() {
		Lineage lineage = this.current;
		if (lineage != null) {
			this.current = null;
			endInterrupt(lineage);
			closeScope();
		}
	}

	private void endInterrupt(Lineage lineage) {
		if (!this.work.compareAndSet(lineage, null)) {
			while (this.work.get() == INTERRUPTING) {
				Thread.onSpinWait();
			}
			this.work.set(null);
			Thread.interrupted();
		}
	}

	private void closeScope() {
		AutoCloseable open = this.scope;
		this.scope = OriginScope.NOTHING;
		try {
			open.close();
		}
		catch (Exception ex) {
			logger.warn("The scope of a message could not be closed", LogText.printable(ex));
		}
	}

	/**
	 * Ends an interrupt that a user's function has left and nobody here has sent.
	 */
	void endForeignInterrupt() {
		if (!isInterrupted()) {
			Thread.interrupted();
		}
	}

	/**
	 * Whether the current work was interrupted.
	 * @return {@code true} if it was, by {@link #interruptIfOver()}
	 */
	@SuppressWarnings("ReferenceEquality") // it is that very lineage, or a mark
	boolean isInterrupted() {
		return this.work.get() != this.current;
	}

	/**
	 * Interrupts this carrier if all that its work is for is over. For any thread.
	 */
	void interruptIfOver() {
		if (this.work.get() instanceof Lineage lineage && lineage.isOver() && (this.run.isAborted() || lineage.isLost())
				&& this.work.compareAndSet(lineage, INTERRUPTING)) {
			this.thread.interrupt();
			this.work.set(INTERRUPTED);
		}
	}

	/**
	 * Ends the pause of this carrier, if it has one. For any thread.
	 */
	void wake() {
		Pause pause = this.pause;
		if (pause != null) {
			pause.end();
		}
	}

	/**
	 * Ends the pause of this carrier if its work is over. For any thread.
	 */
	void wakeIfOver() {
		Lineage lineage = lineage();
		if (lineage != null && lineage.isOver()) {
			wake();
		}
	}

	/**
	 * Waits before another attempt, and lets another carrier of the room work meanwhile.
	 * @param time the time to wait
	 * @param lineage the lineage of the element
	 * @return {@code false} if the element is not to be tried again
	 */
	boolean pause(Duration time, Lineage lineage) {
		Pause pause = new Pause(this.run.crew());
		this.pause = pause;
		Timekeeper.Task task = this.run.after(time, pause::end);
		this.room.away();
		try {
			pause.await(mayGoOn(lineage));
		}
		finally {
			task.cancel();
			this.pause = null;
			this.room.back();
		}
		return mayGoOn(lineage);
	}

	private boolean mayGoOn(Lineage lineage) {
		return !lineage.isOver() && !this.run.isDraining();
	}

	/**
	 * Waits for room, once.
	 * @param waiters those who wait for the same
	 * @param lineage the lineage of the element that waits
	 * @return {@code false} if the element need not wait any longer, because it is over
	 */
	boolean await(Waiters waiters, Lineage lineage) {
		try {
			waiters.await();
		}
		catch (InterruptedException ex) {
			// Whoever has interrupted it has also said why.
		}
		return !lineage.isOver();
	}

	/**
	 * Says that elements have been handed on by a step that has not come to its end.
	 */
	void progressed() {
		if (++this.reported % StageMeter.REPORTED_ELEMENTS == 0) {
			this.run.progressed();
		}
	}

	@Nullable Step step() {
		return (this.work.get() != null) ? this.step : null;
	}

	@Nullable Lineage lineage() {
		return (this.work.get() instanceof Lineage lineage) ? lineage : null;
	}

	long since() {
		return this.since;
	}

	Thread thread() {
		return this.thread;
	}

	/**
	 * Begins with elements that were handed over together.
	 * @param now the time
	 */
	void begin(long now) {
		this.since = now;
		if (now - this.restored > RESTORED_AFTER_NANOS) {
			this.restored = now;
			restore();
		}
	}

	private void restore() {
		leave();
		MessageContext.Scope context = this.contextBefore;
		if (context != null) {
			this.contextBefore = null;
			context.close();
			LogContext.replace(null);
		}
		this.before.restore();
	}

	/**
	 * Leaves the thread as it was.
	 */
	@Override
	public void close() {
		restore();
		this.before.close();
	}

}
