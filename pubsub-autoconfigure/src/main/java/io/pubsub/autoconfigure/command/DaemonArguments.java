package io.pubsub.autoconfigure.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.Spelling;
import io.pubsub.autoconfigure.internal.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The flags of a daemon, as the properties they stand for.
 * <p>
 * Spring Boot reads {@code --name=value} alone; users of the peers write
 * {@code --name value}. A queue on the command line is a real one: the embedded broker
 * stays off.
 *
 * @param properties the properties
 */
record DaemonArguments(Map<String, Object> properties) {

	private static final String QUEUE_URL = "--sqs-queue-url";

	private static final String STDIN = "--stdin";

	private static final String ENVELOPE = "--envelope";

	private static final String DEBUG = "--debug";

	private static final String TESTING = "--testing";

	private static final List<String> NAMES = Stream.of(QUEUE_URL, STDIN, ENVELOPE, DEBUG, TESTING)
		.map((flag) -> flag.substring(2))
		.toList();

	private static final Set<String> SWITCHES = Set.of(STDIN, DEBUG, TESTING);

	private static final String SOURCE_PROPERTY = "pubsub.source";

	private static final String LOCAL_PROPERTY = "pubsub.local.enabled";

	private static final String ENVELOPE_PROPERTY = "pubsub.envelope";

	static DaemonArguments parse(String... arguments) {
		List<String> flags = Arrays.stream(arguments)
			.map((argument) -> SWITCHES.contains(argument.replace("=true", "")) ? argument.replace("=true", "")
					: argument)
			.toList();
		refuseMisspelt(flags);
		Map<String, Object> properties = new LinkedHashMap<>();
		source(flags, properties);
		if (flags.contains(TESTING)) {
			exclude(flags, DEBUG, TESTING);
			properties.put(LOCAL_PROPERTY, "true");
			properties.put(CommandLineProperties.OWN_BROKER, "true");
		}
		if (flags.contains(DEBUG)) {
			properties.put("logging.level.io.pubsub", "debug");
		}
		return new DaemonArguments(properties);
	}

	// Spring Boot takes any name for a property; one of ours is not meant to be one.
	private static void refuseMisspelt(List<String> flags) {
		for (String flag : flags) {
			String name = flag.contains("=") ? flag.substring(0, flag.indexOf('=')) : flag;
			String nearest = Spelling.nearest(name.replaceAll("^-+", ""), NAMES);
			if (name.startsWith("-") && nearest != null && !name.equals("--" + nearest)) {
				throw new UsageException("There is no option %s. Is it --%s?".formatted(name, nearest));
			}
		}
	}

	private static void source(List<String> flags, Map<String, Object> properties) {
		if (flags.contains(STDIN)) {
			properties.put(SOURCE_PROPERTY, InputAddress.STDIN);
			properties.put(ENVELOPE_PROPERTY, "codec");
		}
		String envelope = value(flags, ENVELOPE, "a name: --envelope codec|raw|naive, or that of an Envelope bean");
		if (envelope != null) {
			properties.put(ENVELOPE_PROPERTY, envelope);
		}
		String queueUrl = value(flags, QUEUE_URL,
				"the URL of a queue: --sqs-queue-url https://sqs.<region>.amazonaws.com/<account>/<queue>");
		if (queueUrl != null) {
			exclude(flags, TESTING, QUEUE_URL);
			properties.put(SOURCE_PROPERTY, queueUrl);
			if (!InputAddress.isInput(queueUrl)) {
				properties.put(LOCAL_PROPERTY, "false");
			}
		}
	}

	private static void exclude(List<String> flags, String flag, String other) {
		if (flags.contains(flag)) {
			throw new UsageException(flag + " and " + other + " cannot be used together: choose one");
		}
	}

	private static @Nullable String value(List<String> flags, String flag, String needed) {
		for (String candidate : flags) {
			if (candidate.startsWith(flag + "=")) {
				return checked(candidate.substring(flag.length() + 1), flag, needed);
			}
		}
		int index = flags.indexOf(flag);
		return (index < 0) ? null : checked((index + 1 < flags.size()) ? flags.get(index + 1) : "", flag, needed);
	}

	private static String checked(String value, String flag, String needed) {
		if (value.isBlank() || value.startsWith("--")) {
			throw new UsageException(flag + " needs " + needed);
		}
		return value;
	}

}
