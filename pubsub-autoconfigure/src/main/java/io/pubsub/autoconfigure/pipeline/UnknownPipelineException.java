package io.pubsub.autoconfigure.pipeline;

import java.util.Collection;
import java.util.TreeSet;

import io.pubsub.autoconfigure.internal.Actionable;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when something is configured for a pipeline that is not there.
 */
final class UnknownPipelineException extends RuntimeException implements Actionable {

	private final Collection<String> known;

	UnknownPipelineException(String name, @Nullable String nearest, Collection<String> known) {
		super("pubsub.pipelines.%s is set, but there is no pipeline of that name".formatted(name)
				+ ((nearest != null) ? ". Is it '%s'?".formatted(nearest) : ""));
		this.known = new TreeSet<>(known);
	}

	@Override
	public String action() {
		return "Correct the name, or remove the property. Pipelines are: %s".formatted(String.join(", ", this.known));
	}

}
