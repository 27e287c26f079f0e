package io.pubsub.autoconfigure.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * The commands for dead letters.
 */
@Command(name = Commands.DEAD_LETTERS, synopsisSubcommandLabel = "COMMAND",
		description = { "Looks at dead letters, replays them, keeps them in a file or discards them.",
				"The queue is the one that the service has for them, or any that --queue names." },
		footer = { "%nBegin with list. A look receives the letters that it sees. So their receive",
				"counts rise, and others cannot get them until it ends. In a FIFO queue their",
				"groups wait for as long." })
final class DeadLettersCommand implements Runnable {

	@Spec
	private @Nullable CommandSpec spec;

	/**
	 * Makes the commands.
	 * @param beans the beans of the application
	 * @return the command that they belong to
	 */
	static CommandLine commandLine(BeanFactory beans) {
		DeadLetterTool tool = new DeadLetterTool(beans);
		return Commands.withHelp(new DeadLettersCommand())
			.addSubcommand("list",
					list(tool, false, "Lists dead letters by reason, exception, handler and media type."))
			.addSubcommand(Commands.withHelp(new ShowLetterCommand(tool)))
			.addSubcommand("dry-run",
					list(tool, true, "Says which dead letters would be handled now, and calls no handler."))
			.addSubcommand(Commands.withHelp(new ReplayLettersCommand(tool)))
			.addSubcommand(Commands.withHelp(new ExportLettersCommand(tool)))
			.addSubcommand(Commands.withHelp(new ImportLettersCommand(tool)))
			.addSubcommand(Commands.withHelp(new DiscardLettersCommand(tool)));
	}

	private static CommandLine list(DeadLetterTool tool, boolean dryRun, String description) {
		CommandLine list = Commands.withHelp(new ListLettersCommand(tool, dryRun));
		list.getCommandSpec().usageMessage().description(description);
		return list;
	}

	@Override
	public void run() {
		throw new ParameterException(Output.commandLine(this.spec),
				"Say what to do with the dead letters: list, show, dry-run, replay, export, import or discard");
	}

}
