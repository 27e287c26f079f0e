package io.pubsub.pipeline;

import io.pubsub.MessageContext;

/**
 * An element that can never succeed.
 *
 * @param id the id of this failure: the same when the message is delivered again and the
 * element fails again in the same stage
 * @param pipeline the name of the pipeline
 * @param stage the name of the stage that it has failed in
 * @param element the element, as that stage got it
 * @param context the context of the message that it comes from
 * @param cause the exception
 * @since 0.1.0
 */
public record FailedElement(String id, String pipeline, String stage, Object element, MessageContext context,
		Throwable cause) {

	/**
	 * Names the failure without the element, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "FailedElement[" + this.id + ", " + this.pipeline + "/" + this.stage + "]";
	}

}
