package io.pubsub.sample.pipeline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The command line of a command, as Spring Boot reads it. What has a dot is a property,
 * and none of our business.
 */
final class Arguments {

	private static final Set<String> NUMBERS = Set.of("demand", "pipelines");

	private static final Set<String> TEXTS = Set.of("output", "bucket", "sqs-queue-url", "envelope");

	private static final Set<String> FLAGS = Set.of("once", "debug", "trace");

	private Arguments() {
	}

	/**
	 * Checks the options.
	 * @param args the arguments after the name of the command
	 * @return the same with {@code --option=value} for each {@code --option value}
	 * @throws IllegalArgumentException if an option is unknown, or has no value that it
	 * can have
	 */
	static String[] of(List<String> args) {
		List<String> checked = new ArrayList<>();
		Iterator<String> rest = args.iterator();
		while (rest.hasNext()) {
			String arg = rest.next();
			String name = arg.replaceFirst("^--", "").replaceFirst("=.*", "");
			boolean valued = NUMBERS.contains(name) || TEXTS.contains(name);
			if (!arg.startsWith("--") || !(valued || FLAGS.contains(name) || name.contains("."))) {
				throw new IllegalArgumentException("There is no option '%s'.".formatted(arg));
			}
			if (valued && !arg.contains("=")) {
				if (!rest.hasNext()) {
					throw new IllegalArgumentException("The option --%s needs a value.".formatted(name));
				}
				arg += "=" + rest.next();
			}
			if (NUMBERS.contains(name) && !arg.matches("--[a-z]+=[1-9][0-9]{0,3}")) {
				throw new IllegalArgumentException("'%s' must have a number from 1 to 9999.".formatted(arg));
			}
			checked.add(arg);
		}
		return checked.toArray(String[]::new);
	}

}
