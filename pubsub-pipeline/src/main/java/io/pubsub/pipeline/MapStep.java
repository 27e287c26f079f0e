package io.pubsub.pipeline;

/**
 * Makes something else of each element, on the thread that brings it.
 */
final class MapStep extends UserStep {

	private final Mapper<Object, ?> function;

	private final Step next;

	MapStep(StageInfo stage, Run run, Mapper<Object, ?> function, Step next) {
		super(stage, run);
		this.function = function;
		this.next = next;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		Object result = call(this.function, value, lineage, carrier);
		if (result != null) {
			meter().done();
			this.next.accept(result, lineage, carrier);
		}
	}

}
