package io.pubsub.pipeline;

import io.pubsub.IgnoreMessageException;
import io.pubsub.SkipMessageException;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Step} that calls a function of the user, tries again if it may, and ends the
 * elements that fail.
 */
abstract class UserStep extends Step {

	private static final Logger logger = LoggerFactory.getLogger(UserStep.class);

	private final Run run;

	/**
	 * Makes a step.
	 * @param stage the stage that it is of
	 * @param run the run
	 */
	UserStep(StageInfo stage, Run run) {
		super(stage);
		this.run = run;
	}

	final Run run() {
		return this.run;
	}

	/**
	 * Whether the function may do what must not be done for a message that is somebody
	 * else's by now: then the source is asked first, whose word may come late.
	 * @param value the element
	 * @return {@code true} if so; by default for batches
	 */
	boolean actsOutside(Object value) {
		return value instanceof Batch<?>;
	}

	/**
	 * Has a function fail that gives what cannot be looked up, instead of the place where
	 * it would be.
	 * @param what the thing that the function gives, for its user
	 * @param function the function
	 * @return a function that gives objects with a hash code, or throws
	 */
	final Mapper<Object, Object> lookUp(String what, Mapper<Object, ?> function) {
		return (element) -> {
			Object key = function.apply(element);
			if (key == null) {
				throw new IllegalStateException(
						"stage %s of pipeline %s gave null as the %s of an element: give each one"
							.formatted(stage().label(), this.run.name(), what));
			}
			int unused = key.hashCode();
			return key;
		};
	}

	/**
	 * Calls a function with an element, unless that is over.
	 * @param function the function
	 * @param value the element
	 * @param lineage its lineage
	 * @param carrier the calling carrier
	 * @return the result; {@code null} if there is none, because the element has ended
	 */
	final @Nullable Object call(Mapper<Object, ?> function, Object value, Lineage lineage, Carrier carrier) {
		if (lineage.isOver() || (actsOutside(value) && lineage.isLost())) {
			drop(lineage);
			return null;
		}
		int attempt = 0;
		Throwable thrown;
		do {
			try {
				return attempt(function, value, lineage, carrier);
			}
			catch (AbandonedException ex) {
				return null;
			}
			catch (Throwable ex) {
				thrown = ex;
			}
		}
		while (isTriedAgain(++attempt, value, thrown, lineage, carrier));
		return null;
	}

	private @Nullable Object attempt(Mapper<Object, ?> function, Object value, Lineage lineage, Carrier carrier)
			throws Exception {
		if (value instanceof Batch<?> batch) {
			batch.begin();
		}
		long start = carrier.enter(this, lineage);
		Object result;
		try {
			result = function.apply(value);
		}
		finally {
			carrier.measured(start, this);
		}
		carrier.endForeignInterrupt();
		return (result != null) ? succeeded(value, lineage, result) : noResult(value, lineage, carrier);
	}

	private @Nullable Object noResult(Object value, Lineage lineage, Carrier carrier) {
		fail(value, lineage,
				new IllegalStateException(
						"stage %s of pipeline %s gave null for an element: use filter to leave elements out, or throw"
							.formatted(stage().label(), this.run.name())),
				carrier);
		return null;
	}

	@SuppressWarnings("ReferenceEquality") // the batch itself goes on, and not one like
											// it
	private @Nullable Object succeeded(Object value, Lineage lineage, Object result) {
		if (!(value instanceof Batch<?> batch) || batch.failures().isEmpty() || !(lineage instanceof Joint joint)) {
			return result;
		}
		batch.failures().forEach((index, cause) -> failMember(batch, index, joint, cause));
		Batch<?> rest = batch.rest();
		if (rest.isEmpty()) {
			lineage.end(1);
			return null;
		}
		return (result == value) ? rest : result;
	}

	private boolean isTriedAgain(int attempt, Object value, Throwable thrown, Lineage lineage, Carrier carrier) {
		Retry retry = stage().retry();
		if (retry == null || carrier.isInterrupted() || !retry.applies(attempt, thrown)
				|| stage().rejects().test(thrown)) {
			fail(value, lineage, thrown, carrier);
			return false;
		}
		this.run.logFailure(stage(), lineage, thrown);
		boolean again = pause(retry, attempt, lineage, carrier);
		if (!again) {
			notTriedAgain(lineage);
		}
		return again;
	}

	private boolean pause(Retry retry, int attempt, Lineage lineage, Carrier carrier) {
		carrier.endForeignInterrupt();
		boolean again = carrier.pause(retry.delay(attempt), lineage);
		if (again) {
			meter().retried();
		}
		return again;
	}

	/**
	 * Ends an element that would have been tried again: its message was lost, fails
	 * anyway, or is handed back by a stop.
	 * @param lineage its lineage
	 */
	final void notTriedAgain(Lineage lineage) {
		meter().dropped();
		if (this.run.isDraining()) {
			lineage.note(Failure.stopped());
		}
		lineage.end(1);
	}

	/**
	 * Ends an element that its function has failed on.
	 * @param value the element
	 * @param lineage its lineage
	 * @param thrown the exception
	 * @param carrier the calling carrier
	 */
	final void fail(Object value, Lineage lineage, Throwable thrown, Carrier carrier) {
		if (carrier.isInterrupted()) {
			meter().dropped();
			lineage.note(this.run.isAborted() ? Failure.stopped() : Failure.lost());
			lineage.end(1);
			return;
		}
		carrier.endForeignInterrupt();
		if (value instanceof Batch<?> batch && lineage instanceof Joint joint) {
			for (int i = 0; i < batch.size(); i++) {
				failMember(batch, i, joint, thrown);
			}
			lineage.end(1);
		}
		else {
			failOne(value, lineage, thrown);
		}
	}

	/**
	 * Ends an element whose function goes on although its time is over.
	 * @param lineage its lineage
	 * @param timeout the exception that says so
	 */
	final void abandoned(Lineage lineage, Throwable timeout) {
		logger.warn("{} in stage {} of pipeline {} ignores the interrupt: it is not waited for any longer",
				LogText.of(lineage.context()), stage().label(), this.run.name());
		meter().failed();
		this.run.failed(stage(), lineage, timeout);
		lineage.note(Failure.of(timeout).in(stage().label()));
		lineage.end(1);
	}

	private void failMember(Batch<?> batch, int index, Joint joint, Throwable thrown) {
		Lineage member = joint.release(batch.place(index));
		if (member != null) {
			failOne(batch.get(index), member, thrown);
		}
	}

	private void failOne(Object value, Lineage lineage, Throwable thrown) {
		if (thrown instanceof SkipMessageException || thrown instanceof IgnoreMessageException) {
			meter().done();
			lineage.note((thrown instanceof SkipMessageException) ? Lineage.Rest.SKIPPED : Lineage.Rest.IGNORED);
		}
		else {
			failed(value, lineage, thrown);
		}
		lineage.end(1);
	}

	private void failed(Object value, Lineage lineage, Throwable thrown) {
		Failure failure = stage().rejects().test(thrown) ? Failure.rejected(stage().label(), thrown)
				: Failure.of(thrown).in(stage().label());
		boolean forGood = switch (failure.finality()) {
			case FINAL -> true;
			case PLAIN -> lineage.isLastAttempt();
			case AGAIN -> false;
		};
		if (!forGood) {
			meter().failed();
			this.run.failed(stage(), lineage, thrown);
			lineage.note(failure);
			return;
		}
		meter().dead();
		this.run.failed(stage(), lineage, thrown);
		Failure rest = this.run.sideDoor().take(stage().label(), value, lineage, failure);
		if (rest != null) {
			// Its handler may have been interrupted, like all that a stop does not wait
			// for.
			lineage.note(this.run.isAborted() ? Failure.stopped() : rest);
		}
		else {
			lineage.note(Lineage.Rest.DONE);
		}
	}

}
