package io.pubsub.autoconfigure.command;

import java.io.PrintWriter;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where commands print.
 */
final class Output {

	private Output() {
	}

	static PrintWriter of(@Nullable CommandSpec spec) {
		return commandLine(spec).getOut();
	}

	static CommandLine commandLine(@Nullable CommandSpec spec) {
		return Objects.requireNonNull(spec, "picocli sets the specification before it runs a command").commandLine();
	}

}
