package io.pubsub.pipeline;

/**
 * Tells a listener of what comes out of the stage before.
 */
final class ListenedStep extends Step {

	private final String before;

	private final StageListener listener;

	private final Step next;

	/**
	 * Makes a step.
	 * @param before the name of the stage before
	 * @param listener the listener
	 * @param next the next step
	 */
	ListenedStep(String before, StageListener listener, Step next) {
		super(next.stage());
		this.before = before;
		this.listener = listener;
		this.next = next;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		this.listener.cameOut(this.before, value);
		this.next.accept(value, lineage, carrier);
	}

}
