package io.pubsub.autoconfigure.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

import io.pubsub.autoconfigure.internal.Spelling;
import io.pubsub.autoconfigure.internal.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import org.springframework.beans.factory.BeanFactory;

/**
 * The commands, for picocli.
 */
@Command(name = "java -jar <service>.jar", description = "Consumes messages, or runs a command.",
		footerHeading = "%nFlags of the daemon:%n",
		footer = { "  --sqs-queue-url URL   consumes this queue",
				"  --stdin               consumes the lines of the standard input",
				"  --envelope NAME       codec, raw, naive, s3-event, or the name of an Envelope bean",
				"  --testing             runs SNS and SQS inside this process", "  --debug               logs more",
				"  --any.property=value  sets a property",
				"%nExit codes: 0 done, 1 failure, 2 wrong usage, 3 doctor could not look" },
		subcommands = { CommandLine.HelpCommand.class }, synopsisSubcommandLabel = "[COMMAND]")
final class Commands {

	static final String REPLAY = "replay";

	static final String NAIVE = "naive";

	static final String DOCTOR = "doctor";

	static final String DEAD_LETTERS = "dead-letters";

	static final String FOLDER = "folder";

	static final String TOPOLOGY = "topology";

	static final int FAILURE = CommandLine.ExitCode.SOFTWARE;

	private static final Set<String> NAMES = Set.of("write", "read", NAIVE, REPLAY, DOCTOR, DEAD_LETTERS, FOLDER,
			TOPOLOGY, "help", "--help");

	private static final Set<String> FLAGS_OF_THE_DAEMON = Set.of("--debug", "--testing");

	private Commands() {
	}

	/**
	 * Whether arguments are a command: the first one is its name, and nothing else
	 * counts.
	 * @param arguments the command line
	 * @return {@code true} if they are not for the daemon
	 */
	static boolean isCommand(String... arguments) {
		return arguments.length > 0 && NAMES.contains(arguments[0]);
	}

	/**
	 * Refuses a first argument that looks like a misspelt command.
	 * @param argument the first argument, which is no command
	 * @throws UsageException if it is near to one
	 */
	static void refuseMisspelt(String argument) {
		String nearest = argument.startsWith("-") ? null : Spelling.nearest(argument, NAMES);
		if (nearest != null) {
			throw new UsageException(
					("There is no command %s. Is it %s? If %1$s is an argument of the application's own,"
							+ " set pubsub.commands.enabled=false.")
						.formatted(argument, nearest));
		}
	}

	/**
	 * The arguments without those for Spring Boot and the daemon.
	 * @param arguments the command line
	 * @return the arguments of the command
	 */
	static String[] ownArguments(String... arguments) {
		return Arrays.stream(arguments)
			.filter((argument) -> !FLAGS_OF_THE_DAEMON.contains(argument) && !isProperty(argument))
			.toArray(String[]::new);
	}

	private static boolean isProperty(String argument) {
		int end = argument.indexOf('=');
		return argument.startsWith("--") && end > 0 && argument.substring(0, end).contains(".");
	}

	/**
	 * The parser and executor of the commands.
	 * @param beans the beans of the application; not used to parse
	 * @return a new one
	 */
	static CommandLine commandLine(BeanFactory beans) {
		PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
		return withHelp(new Commands()).addSubcommand("write", withHelp(new WriteCommand(beans)))
			.addSubcommand("read", withHelp(new ReadCommand(beans)))
			.addSubcommand(NAIVE, withHelp(new NaiveCommand(beans)))
			.addSubcommand(DOCTOR, withHelp(new DoctorCommand(beans)))
			.addSubcommand(DEAD_LETTERS, DeadLettersCommand.commandLine(beans))
			.addSubcommand(REPLAY, withHelp(new ReplayCommand()))
			.addSubcommand(FOLDER, folder(beans))
			.addSubcommand(TOPOLOGY, topology(beans))
			.setOut(out)
			.setExecutionExceptionHandler((ex, commandLine, result) -> {
				commandLine.getErr().println("It failed: " + new CommandFailure(ex, beans).text());
				return commandLine.getCommandSpec().exitCodeOnExecutionException();
			});
	}

	private static CommandLine folder(BeanFactory beans) {
		return withHelp(new FolderCommand()).addSubcommand("list", withHelp(new FolderListCommand(beans)))
			.addSubcommand("put", withHelp(new FolderPutCommand(beans)))
			.addSubcommand("reset", withHelp(new FolderResetCommand(beans)))
			.addSubcommand("purge", withHelp(new FolderPurgeCommand(beans)));
	}

	private static CommandLine topology(BeanFactory beans) {
		return withHelp(new TopologyCommand()).addSubcommand("show", withHelp(new TopologyShowCommand(beans)))
			.addSubcommand("export", withHelp(new TopologyExportCommand(beans)));
	}

	/**
	 * Runs a command. One whose output nobody got has failed.
	 * @param commandLine the executor
	 * @param arguments the command line
	 * @return the exit code
	 */
	static int execute(CommandLine commandLine, String... arguments) {
		int code = commandLine.execute(ownArguments(arguments));
		if (commandLine.getOut().checkError()) {
			commandLine.getErr().println("It failed: the output cannot be written");
			CommandLine.ParseResult command = commandLine.getParseResult().subcommand();
			return (command != null) ? command.commandSpec().exitCodeOnExecutionException() : FAILURE;
		}
		return code;
	}

	static CommandLine withHelp(Object command) {
		return new CommandLine(command).addMixin("help", new HelpOption());
	}

}
