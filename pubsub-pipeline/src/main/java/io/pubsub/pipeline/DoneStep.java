package io.pubsub.pipeline;

/**
 * Ends each element: the stage before was the last one.
 */
final class DoneStep extends Step {

	private final Run run;

	DoneStep(Run run) {
		super(new StageInfo("end"));
		this.run = run;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		this.run.sideDoor().passed();
		lineage.note(Lineage.Rest.DONE);
		lineage.end(1);
	}

}
