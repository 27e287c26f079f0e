package io.pubsub.pipeline;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Hands each element to the branch of its class, on the thread that brings it.
 */
final class RouteStep extends UserStep {

	private final Mapper<Object, ?> classifier;

	private final Map<?, Step> branches;

	RouteStep(StageInfo stage, Run run, Mapper<Object, ?> classifier, Map<?, Step> branches) {
		super(stage, run);
		this.classifier = lookUp("class", classifier);
		this.branches = branches;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		Object key = call(this.classifier, value, lineage, carrier);
		if (key == null) {
			return;
		}
		@Nullable Step branch = this.branches.get(key);
		if (branch == null) {
			fail(value, lineage, new IllegalStateException(
					"stage %s of pipeline %s has no branch for this %s: add one for each that its classifier can give"
						.formatted(stage().label(), run().name(), key.getClass().getSimpleName())),
					carrier);
			return;
		}
		meter().done();
		branch.accept(value, lineage, carrier);
	}

}
