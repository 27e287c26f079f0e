package io.pubsub.pipeline;

import io.pubsub.MessageContext;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out for single elements that can never succeed, if the pipeline has one.
 */
final class SideDoor {

	private static final Logger logger = LoggerFactory.getLogger(SideDoor.class);

	private final String pipeline;

	private final @Nullable FailureHandler handler;

	private final DeadLetterLimit limit;

	/**
	 * Makes a side door.
	 * @param pipeline the name of the pipeline
	 * @param handler the handler of failed elements, if there is one
	 * @param limit the limit for these
	 */
	SideDoor(String pipeline, @Nullable FailureHandler handler, DeadLetterLimit limit) {
		this.pipeline = pipeline;
		this.handler = handler;
		this.limit = limit;
	}

	/**
	 * Takes an element.
	 * @param stage the name of the stage that it has failed in
	 * @param value the element
	 * @param lineage its lineage
	 * @param failure its failure, which no further attempt can mend
	 * @return {@code null} if the element is safe; or the failure that its message has
	 */
	@Nullable Failure take(String stage, Object value, Lineage lineage, Failure failure) {
		Throwable cause = failure.outcome().cause();
		if (this.handler == null || cause == null) {
			return failure;
		}
		if (!this.limit.admits()) {
			return Failure.halted();
		}
		MessageContext.Scope own = lineage.context().makeCurrent();
		try {
			this.handler.accept(new FailedElement(ElementId.of(lineage, stage, value), this.pipeline, stage, value,
					lineage.context(), cause));
			return null;
		}
		catch (Throwable ex) {
			this.limit.notSent();
			logger.warn(
					"The side door of pipeline {} did not take an element of {} that had failed in stage {} with {},"
							+ " so its message is handed back: {}",
					this.pipeline, LogText.of(lineage.context()), stage, LogText.of(cause), LogText.of(ex));
			return Failure.notTaken(ex);
		}
		finally {
			own.close();
		}
	}

	/**
	 * Says that an element has succeeded, which ends a row of failures.
	 */
	void passed() {
		if (this.handler != null) {
			this.limit.acknowledged();
		}
	}

	@Nullable String haltReason() {
		return this.limit.exceeded();
	}

	void resume() {
		this.limit.reset();
	}

}
