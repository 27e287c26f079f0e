package io.pubsub.dispatch.internal;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the calling thread has of its own, to be put back after the code of others has run
 * on it: nothing that this leaves behind must reach the next message.
 * <p>
 * While this is open, the thread is not interrupted to begin with.
 */
public final class ThreadState implements AutoCloseable {

	private static final boolean PROPAGATION = isPropagationPresent();

	private final Thread thread = Thread.currentThread();

	private final String name = this.thread.getName();

	private final int priority = this.thread.getPriority();

	private final @Nullable ClassLoader classLoader = this.thread.getContextClassLoader();

	private final @Nullable Map<String, String> mdc = MDC.getCopyOfContextMap();

	private final @Nullable ThreadLocals threadLocals = PROPAGATION ? new ThreadLocals() : null;

	private final boolean interrupted = Thread.interrupted();

	private ThreadState() {
	}

	/**
	 * Looks at the calling thread.
	 * @return its state, to be closed on the same thread
	 */
	public static ThreadState save() {
		return new ThreadState();
	}

	private static boolean isPropagationPresent() {
		try {
			Class.forName("io.micrometer.context.ContextRegistry", false, ThreadState.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/**
	 * Puts everything back, and ends an interrupt.
	 */
	@SuppressWarnings("ThreadPriorityCheck") // it only undoes what others did
	public void restore() {
		Thread.interrupted();
		if (this.threadLocals != null) {
			this.threadLocals.restore();
		}
		if (this.mdc != null) {
			MDC.setContextMap(this.mdc);
		}
		else {
			MDC.clear();
		}
		this.thread.setContextClassLoader(this.classLoader);
		if (this.thread.getPriority() != this.priority) {
			this.thread.setPriority(this.priority);
		}
		if (!this.thread.getName().equals(this.name)) {
			this.thread.setName(this.name);
		}
	}

	/**
	 * Puts everything back, an interrupt from before included.
	 */
	@Override
	public void close() {
		restore();
		if (this.interrupted) {
			this.thread.interrupt();
		}
	}

}
