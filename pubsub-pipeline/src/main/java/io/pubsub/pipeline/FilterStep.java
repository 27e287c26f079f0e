package io.pubsub.pipeline;

/**
 * Leaves out elements, on the thread that brings them.
 */
final class FilterStep extends UserStep {

	private static final Object LEFT_OUT = new Object();

	private final Mapper<Object, ?> function;

	private final Step next;

	FilterStep(StageInfo stage, Run run, Condition<Object> condition, Step next) {
		super(stage, run);
		this.function = (element) -> condition.test(element) ? element : LEFT_OUT;
		this.next = next;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		Object result = call(this.function, value, lineage, carrier);
		if (LEFT_OUT.equals(result)) {
			lineage.note(Lineage.Rest.DONE);
			drop(lineage);
		}
		else if (result != null) {
			meter().done();
			this.next.accept(result, lineage, carrier);
		}
	}

}
