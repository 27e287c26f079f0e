package io.pubsub.sample.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.pubsub.sample.pipeline.lines.LineCountsApplication;
import io.pubsub.sample.pipeline.words.WordsApplication;
import org.jspecify.annotations.Nullable;

/**
 * The commands, each an application of its own, with a profile of its name.
 */
enum Command {

	/** The word count. */
	WORDS("counts the words of sentences", WordsApplication.class),

	/** The line count. */
	LINE_COUNTS("counts the lines of files in S3", LineCountsApplication.class);

	private final String description;

	private final Class<?> application;

	Command(String description, Class<?> application) {
		this.description = description;
		this.application = application;
	}

	static @Nullable Command named(String name) {
		return Arrays.stream(values()).filter((command) -> command.command().equals(name)).findFirst().orElse(null);
	}

	static String usage() {
		return Arrays.stream(values())
			.map((command) -> "  %-12s %s".formatted(command.command(), command.description))
			.collect(Collectors.joining("\n",
					"Usage: java -jar sample-pipeline.jar <command> [--once] [--<option> <value>] [--<property>=<value>]\n\nCommands:\n",
					"\n\nWith --once, a command ends with its demonstration."));
	}

	String command() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	Class<?> application() {
		return this.application;
	}

}
