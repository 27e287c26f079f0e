package io.pubsub.pipeline;

/**
 * Ends each element when a function has returned, on the thread that brings it.
 */
final class EndStep extends UserStep {

	private final Mapper<Object, ?> function;

	private final Step next;

	EndStep(StageInfo stage, Run run, Action<Object> action, Step next) {
		super(stage, run);
		this.next = next;
		this.function = (element) -> {
			action.accept(element);
			return element;
		};
	}

	@Override
	boolean actsOutside(Object value) {
		return true;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		if (call(this.function, value, lineage, carrier) != null) {
			meter().done();
			this.next.accept(value, lineage, carrier);
		}
	}

}
