package io.pubsub.autoconfigure.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.UsageException;
import picocli.CommandLine;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * The properties of an application that is run with a command.
 */
final class CommandProperties {

	private static final char REPLACEMENT = '\uFFFD';

	private CommandProperties() {
	}

	/**
	 * Parses a command. Help is printed here and now, and ends the process.
	 * @param arguments the command line
	 * @return the properties that the command stands for
	 * @throws UsageException if the command cannot be understood
	 */
	static Map<String, Object> of(List<String> arguments) {
		checkCharacters(arguments);
		CommandLine commandLine = Commands.commandLine(new StaticListableBeanFactory());
		CommandLine.ParseResult parsed = parse(commandLine, Commands.ownArguments(arguments.toArray(String[]::new)));
		if (isHelp(arguments)) {
			System.exit(Commands.execute(commandLine, arguments.toArray(String[]::new)));
		}
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.main.web-application-type", "none");
		properties.put("spring.main.banner-mode", "off");
		if (arguments.get(0).equals(Commands.REPLAY)) {
			ReplayCommand replay = (ReplayCommand) parsed.subcommand().commandSpec().userObject();
			properties.put("pubsub.source", "file:" + replay.file());
			return properties;
		}
		properties.put(CommandLineProperties.COMMAND, arguments.get(0));
		quiet(arguments, properties);
		properties.put("spring.main.log-startup-info", "false");
		if (!addSurvey(parsed.subcommand(), properties)) {
			properties.put("pubsub.consumer.enabled", "false");
			properties.put("spring.main.lazy-initialization", "true");
		}
		if (arguments.get(0).equals(Commands.NAIVE) || arguments.get(0).equals(Commands.FOLDER)) {
			properties.put("pubsub.local.enabled", "false");
		}
		return properties;
	}

	private static boolean addSurvey(CommandLine.ParseResult command, Map<String, Object> properties) {
		Object named = command.commandSpec().userObject();
		Object part = command.hasSubcommand() ? command.subcommand().commandSpec().userObject() : named;
		if (named instanceof DoctorCommand doctor) {
			consumeNothing(properties);
			properties.putAll(doctor.source().properties());
			return true;
		}
		if (part instanceof TopologyAction topology) {
			consumeNothing(properties);
			properties.put(CommandLineProperties.OFFLINE, "true");
			properties.putAll(topology.properties());
			return true;
		}
		if (command.commandSpec().name().equals(Commands.DEAD_LETTERS)) {
			consumeNothing(properties);
			return true;
		}
		return false;
	}

	// The doctor and the topology have to see all that would consume, and dead letters
	// are judged by it, but none of it runs, as in Lambda.
	private static void consumeNothing(Map<String, Object> properties) {
		properties.put("pubsub.consumer.auto-startup", "false");
		properties.put(CommandLineProperties.LAMBDA, "true");
		properties.put("pubsub.doctor.at-start", "off");
	}

	// What stands in place of a character that the locale does not have.
	private static void checkCharacters(List<String> arguments) {
		if (arguments.stream().anyMatch((argument) -> argument.indexOf(REPLACEMENT) >= 0)) {
			throw new UsageException("An argument has characters that the locale of this process (%s) cannot read:"
				.formatted(System.getProperty("sun.jnu.encoding"))
					+ " run the command with LC_ALL=C.UTF-8, or let write read the content with - from the standard input");
		}
	}

	private static void quiet(List<String> arguments, Map<String, Object> properties) {
		if (!arguments.contains("--debug")) {
			properties.put("logging.level.root", "warn");
			properties.put("logging.level.io.pubsub", "warn");
		}
	}

	private static boolean isHelp(List<String> arguments) {
		return arguments.get(0).equals("help") || arguments.contains("--help") || arguments.contains("-h");
	}

	private static CommandLine.ParseResult parse(CommandLine commandLine, String... arguments) {
		try {
			return commandLine.parseArgs(arguments);
		}
		catch (CommandLine.ParameterException ex) {
			throw new UsageException(ex.getMessage() + System.lineSeparator() + System.lineSeparator()
					+ ex.getCommandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
		}
	}

}
