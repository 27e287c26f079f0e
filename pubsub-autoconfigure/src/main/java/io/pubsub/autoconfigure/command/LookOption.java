package io.pubsub.autoconfigure.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * How many letters a look receives.
 */
final class LookOption {

	private int max;

	@Spec(Target.MIXEE)
	private @Nullable CommandSpec spec;

	@Option(names = "--max", paramLabel = "N", defaultValue = "100",
			description = "receives at most this many letters (default: ${DEFAULT-VALUE})")
	void setMax(int max) {
		if (max < 1) {
			throw new ParameterException(Output.commandLine(this.spec), "--max must be at least 1, not " + max);
		}
		this.max = max;
	}

	int max() {
		return this.max;
	}

}
