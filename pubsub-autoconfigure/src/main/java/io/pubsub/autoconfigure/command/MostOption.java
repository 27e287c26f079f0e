package io.pubsub.autoconfigure.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * With how many letters something is done.
 */
final class MostOption {

	private int max = Integer.MAX_VALUE;

	@Spec(Target.MIXEE)
	private @Nullable CommandSpec spec;

	@Option(names = "--max", paramLabel = "N", description = "ends after this many letters")
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
