package io.pubsub.autoconfigure.command;

import picocli.CommandLine.Option;

/**
 * {@code --help}, for every command.
 */
final class HelpOption {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "shows this text")
	private boolean requested;

	@Override
	public String toString() {
		return "HelpOption[" + this.requested + "]";
	}

}
