package io.pubsub.pipeline;

/**
 * A stage of a pipeline that runs.
 * <p>
 * Safe for use by many threads.
 */
abstract class Step {

	private final StageMeter meter = new StageMeter();

	private final StageInfo stage;

	private int number;

	/**
	 * Makes a step.
	 * @param stage the stage that it is of
	 */
	Step(StageInfo stage) {
		this.stage = stage;
	}

	/**
	 * Takes an element over, and sees to it that its count ends.
	 * @param value the element
	 * @param lineage its lineage, of which one count is taken over
	 * @param carrier the calling carrier
	 */
	abstract void accept(Object value, Lineage lineage, Carrier carrier);

	/**
	 * The elements that wait here.
	 * @return the number at this moment
	 */
	long waiting() {
		return 0;
	}

	/**
	 * Lets go of what rests here, because nothing else will come.
	 */
	void flush() {
	}

	/**
	 * Ends what waits here for a message that is over.
	 */
	void endWhatIsOver() {
	}

	/**
	 * Gives this step its number among the steps of the run, before anything comes.
	 * @param number the number, from 0
	 */
	final void number(int number) {
		this.number = number;
	}

	final int number() {
		return this.number;
	}

	final StageMeter meter() {
		return this.meter;
	}

	final StageInfo stage() {
		return this.stage;
	}

	final void drop(Lineage lineage) {
		this.meter.dropped();
		lineage.end(1);
	}

}
