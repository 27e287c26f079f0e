package io.pubsub.autoconfigure.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

import org.springframework.boot.convert.DurationStyle;

/**
 * Which letters are meant.
 */
final class SelectionOptions {

	@Option(names = "--id", paramLabel = "ID", description = "the letter of this id; can be repeated")
	private List<String> ids = new ArrayList<>();

	@Option(names = "--in", paramLabel = "FILE", description = "the letters that were exported to this file")
	private @Nullable Path in;

	@Option(names = "--reason", paramLabel = "REASON",
			description = "malformed, untrusted, invalid, rejected, attempts, unhandled, or redrive for what SQS has moved")
	private @Nullable String reason;

	@Option(names = "--handler", paramLabel = "NAME", description = "letters for this handler or pipeline")
	private @Nullable String handler;

	@Option(names = "--media-type", paramLabel = "TYPE", description = "letters of this media type")
	private @Nullable String mediaType;

	@Option(names = "--exception", paramLabel = "CLASS",
			description = "letters with this exception, with or without its package")
	private @Nullable String exception;

	@Option(names = "--older-than", paramLabel = "AGE", converter = AgeConverter.class,
			description = "letters of this age at least, such as 30m, 2h or 3d")
	private @Nullable Duration olderThan;

	@Option(names = "--newer-than", paramLabel = "AGE", converter = AgeConverter.class,
			description = "letters of this age at most")
	private @Nullable Duration newerThan;

	@Option(names = "--passing", description = "letters that a handler would be called with now")
	private boolean passing;

	Selection selection(CommandLine commandLine) {
		Set<String> all = new HashSet<>(this.ids);
		if (this.in != null) {
			all.addAll(idsIn(this.in, commandLine));
		}
		return new Selection(all, this.reason, this.handler, this.mediaType, this.exception, this.olderThan,
				this.newerThan, this.passing);
	}

	/**
	 * The letters that are meant; all of them only if that is said.
	 * @param commandLine the command line
	 * @param all whether it is
	 * @return the selection
	 */
	Selection selection(CommandLine commandLine, boolean all) {
		Selection selection = selection(commandLine);
		if (selection.isAll() && !all) {
			throw new ParameterException(commandLine,
					"Say which letters: with --id, --in, --reason, --handler, --media-type, --exception, --older-than,"
							+ " --newer-than or --passing, or --all for all of them");
		}
		if (all && !selection.isAll()) {
			throw new ParameterException(commandLine, "--all is for all letters, but there is a selection too");
		}
		return selection;
	}

	private static Set<String> idsIn(Path file, CommandLine commandLine) {
		try {
			return DeadLetterQueue.in(Files.readAllLines(file)).ids();
		}
		catch (IOException ex) {
			throw new ParameterException(commandLine,
					"The file %s cannot be read: %s".formatted(file, ex.getMessage()));
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(commandLine,
					"The file %s is no export of dead letters: %s".formatted(file, ex.getMessage()));
		}
	}

	/**
	 * Reads an age.
	 */
	static final class AgeConverter implements ITypeConverter<Duration> {

		@Override
		public Duration convert(String text) {
			try {
				return DurationStyle.detectAndParse(text);
			}
			catch (IllegalArgumentException ex) {
				throw new TypeConversionException(ex.getMessage() + ": an age is such as 30m, 2h or 3d");
			}
		}

	}

}
