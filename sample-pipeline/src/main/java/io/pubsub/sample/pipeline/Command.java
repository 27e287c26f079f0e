package io.pubsub.sample.pipeline;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.sample.pipeline.clicks.ClicksApplication;
import io.pubsub.sample.pipeline.etl.EtlApplication;
import io.pubsub.sample.pipeline.lines.LineCountsApplication;
import io.pubsub.sample.pipeline.words.WordsApplication;
import org.jspecify.annotations.Nullable;

/**
 * The commands, each an application of its own, with a profile of its name.
 */
enum Command {

	/** The word count. */
	WORDS("counts the words of sentences", WordsApplication.class, null, Options.ONCE, Options.QUEUE),

	/** The line count. */
	LINE_COUNTS("counts the lines of files as they land in a bucket of S3", LineCountsApplication.class, null,
			Options.ONCE, Option.number("demand", "the messages that are asked for at once (10)"),
			Option.number("pipelines", "the objects that are read at once (3)"),
			Option.text("output", "DIRECTORY", "the folder for the counts (a temporary one)"),
			Option.text("bucket", "NAME", "the bucket that the files are put into (line-counts)"), Options.QUEUE),

	/** The loading of files. */
	ETL("loads files of orders as they land in a folder into a database", EtlApplication.class, "folder",
			Option.flag("once", "end when the folder is worked off"),
			Option.flag("demo", "put files into a new folder, kill the process in the middle, and go on"),
			Option.number("delay", "wait N milliseconds after each 1000 orders, to have time for a kill (0)")),

	/** The counting of clicks. */
	CLICKS("counts the clicks that come from a Kinesis stream, by page, in windows of time", ClicksApplication.class,
			null, Option.flag("demo", "make the streams, put clicks into them, and show the counts"),
			Option.flag("once", "end after the demonstration"),
			Option.text("stream", "NAME", "the stream; the counts go to NAME-counts (clicks)"),
			Option.number("window", "the length of a window in seconds (10)"));

	// Spring Boot and the starter have them.
	private static final List<Option> COMMON = List.of(Option.flag("debug", "log more"),
			Option.flag("trace", "log even more"), Option.text("envelope", "NAME", "the envelope of messages"));

	private final String description;

	private final Class<?> application;

	private final @Nullable String operand;

	// A copy that nobody can change.
	@SuppressWarnings("ImmutableEnumChecker")
	private final List<Option> options;

	Command(String description, Class<?> application, @Nullable String operand, Option... options) {
		this.description = description;
		this.application = application;
		this.operand = operand;
		this.options = List.of(options);
	}

	static @Nullable Command named(String name) {
		return Arrays.stream(values()).filter((command) -> command.toString().equals(name)).findFirst().orElse(null);
	}

	static List<String> names() {
		return Arrays.stream(values()).map(Command::toString).toList();
	}

	static String usage() {
		return Arrays.stream(values())
			.map(Command::help)
			.collect(Collectors.joining("\n\n", "Usage: java -jar sample-pipeline.jar <command> [<option>...]\n\n",
					"\n\nEach takes --debug, and any property, such as --pubsub.consumer.max-attempts=3."));
	}

	private String help() {
		String head = "%-24s %s".formatted(this + ((this.operand != null) ? " <" + this.operand + ">" : ""),
				this.description);
		return Stream
			.concat(Stream.of(head),
					this.options.stream().map((option) -> "  %-22s %s".formatted(option, option.description())))
			.collect(Collectors.joining("\n"));
	}

	Class<?> application() {
		return this.application;
	}

	/**
	 * The name of what the command works on, which stands behind it without an option.
	 * @return the name; {@code null} if there is no such thing
	 */
	@Nullable String operand() {
		return this.operand;
	}

	/**
	 * Whether an option is one of this command, not one that all have.
	 * @param option the option
	 * @return {@code true} if it is
	 */
	boolean owns(Option option) {
		return this.options.contains(option);
	}

	/**
	 * Whether there is an end that {@code --once} can wait for.
	 * @param given the names of the options that are given
	 * @return {@code false} if nothing is shown, so that there is no end of it
	 */
	boolean ends(Collection<String> given) {
		return switch (this) {
			case WORDS -> !given.contains(Options.QUEUE.name());
			case LINE_COUNTS -> !given.contains(Options.QUEUE.name()) || given.contains("bucket");
			case ETL -> true;
			case CLICKS -> given.contains("demo");
		};
	}

	@Nullable Option option(String name) {
		return options().filter((option) -> option.name().equals(name)).findFirst().orElse(null);
	}

	List<String> optionNames() {
		return options().map(Option::name).toList();
	}

	private Stream<Option> options() {
		return Stream.concat(this.options.stream(), COMMON.stream());
	}

	/**
	 * The command as it is written.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The options of several commands.
	 */
	private static final class Options {

		static final Option ONCE = Option.flag("once", "end after the demonstration");

		static final Option QUEUE = Option.text("sqs-queue-url", "URL",
				"work on a queue of AWS, without a demonstration");

	}

}
