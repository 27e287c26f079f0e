package io.pubsub.sample.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The command line of a command, as Spring Boot reads it. What has a dot is a property,
 * and none of our business.
 */
final class Arguments {

	private final List<String> checked = new ArrayList<>();

	private final Set<String> given = new HashSet<>();

	private final Command command;

	private boolean hasOperand;

	private Arguments(Command command) {
		this.command = command;
	}

	/**
	 * Checks the arguments.
	 * @param command the command
	 * @param args the arguments after the name of the command
	 * @return the same with {@code --option=value} for each {@code --option value}, and
	 * for the path that stands without an option
	 * @throws IllegalArgumentException if an option is unknown, or has no value that it
	 * can have, or if what the command works on is missing
	 */
	static String[] of(Command command, List<String> args) {
		Arguments arguments = new Arguments(command);
		Iterator<String> rest = args.iterator();
		while (rest.hasNext()) {
			arguments.add(rest.next(), rest);
		}
		if (command.operand() != null && !arguments.hasOperand) {
			throw new IllegalArgumentException("%s needs a <%s>.".formatted(command, command.operand()));
		}
		if (arguments.given.contains("once") && !command.ends(arguments.given)) {
			throw new IllegalArgumentException("There is no demonstration to end after: leave --once out"
					+ ((command.option("demo") != null) ? ", or add --demo." : "."));
		}
		return arguments.checked.toArray(String[]::new);
	}

	private void add(String arg, Iterator<String> rest) {
		if (!arg.startsWith("--")) {
			addOperand(arg);
			return;
		}
		int sign = arg.indexOf('=');
		String name = (sign > 0) ? arg.substring(2, sign) : arg.substring(2);
		Option option = this.command.option(name);
		this.given.add(name);
		if (option == null) {
			addProperty(name, arg);
		}
		else if (option.value() == null) {
			this.checked.add((this.command.owns(option) && sign < 0) ? arg + "=true" : arg);
		}
		else {
			this.checked.add(option.with((sign > 0) ? arg.substring(sign + 1) : next(rest)));
		}
	}

	private static String next(Iterator<String> rest) {
		return rest.hasNext() ? rest.next() : "";
	}

	private void addOperand(String arg) {
		String operand = this.command.operand();
		if (operand == null || this.hasOperand) {
			throw new IllegalArgumentException("%s does not take '%s'.".formatted(this.command, arg));
		}
		this.checked.add("--%s=%s".formatted(operand, Path.of(arg).toAbsolutePath().normalize()));
		this.hasOperand = true;
	}

	private void addProperty(String name, String arg) {
		if (!name.contains(".")) {
			String near = Spelling.nearest(name, this.command.optionNames());
			throw new IllegalArgumentException("%s has no option '%s'.%s".formatted(this.command, arg,
					meant((near != null) ? "--" + near : null)));
		}
		this.checked.add(arg);
	}

	/**
	 * Asks whether something else was meant.
	 * @param near the thing; {@code null} if there is none
	 * @return the question, behind a space, or nothing
	 */
	static String meant(@Nullable String near) {
		return (near != null) ? " Did you mean %s?".formatted(near) : "";
	}

}
