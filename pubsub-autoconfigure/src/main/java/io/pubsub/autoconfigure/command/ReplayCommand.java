package io.pubsub.autoconfigure.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Consumes the lines of a file: the daemon does it, so that this is a name for its flags
 * only.
 */
@Command(name = Commands.REPLAY, description = "Consumes the lines of a file, and ends when all are handled.")
final class ReplayCommand {

	@Parameters(paramLabel = "FILE", description = "the file, one message a line")
	private String file = "";

	@Option(names = "--envelope", paramLabel = "NAME",
			description = "codec, raw, naive, s3-event, or the name of an Envelope bean")
	private @Nullable String envelope;

	String file() {
		return this.file;
	}

	@Override
	public String toString() {
		return "ReplayCommand[" + this.file + ", " + this.envelope + "]";
	}

}
