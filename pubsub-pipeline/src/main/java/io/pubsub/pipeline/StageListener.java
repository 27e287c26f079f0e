package io.pubsub.pipeline;

/**
 * Sees what comes out of the stages of a pipeline, on whatever thread brings it. Must be
 * safe for use by many threads, and quick. What it throws fails the element.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface StageListener {

	/**
	 * An element has come out of a stage: it goes on, or has ended well there.
	 * @param stage the name of the stage
	 * @param element the element as the stage has made it; for a stage that ends
	 * elements, as it has got it
	 */
	void cameOut(String stage, Object element);

}
