package io.pubsub.pipeline;

/**
 * A place that elements pass through.
 */
interface Counted {

	/**
	 * The elements that have come in, ever.
	 * @return the number at this moment
	 */
	long entered();

	/**
	 * The elements that have come in and gone out, ever.
	 * @return the number at this moment
	 */
	long finished();

	/**
	 * Has all that wait here look again whether they still need to.
	 */
	void wake();

}
