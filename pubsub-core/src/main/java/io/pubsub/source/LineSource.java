package io.pubsub.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.pubsub.internal.ProgressBar;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Source} of the lines of a file or of the standard input, each of them a message.
 * Blank lines are skipped.
 * <p>
 * A line is handed over as soon as it is there, and only while fewer lines than the limit
 * are undone, so that no more than these are in memory. One that is handed back is
 * delivered again after its delay, and given up after its last attempt, or at once if it
 * can never be handled; then its number and the reason are logged, and once more at the
 * end, where {@link Subscription#exhausted()} fails with a {@link LinesGivenUpException}.
 *
 * @since 0.1.0
 */
public final class LineSource implements Source {

	private static final Logger logger = LoggerFactory.getLogger(LineSource.class);

	private static final String STDIN = "stdin";

	private final String name;

	private final Opening opening;

	private final LineRules rules;

	private final Timekeeper time;

	private LineSource(String name, Opening opening, LineRules rules, Timekeeper time) {
		this.name = name;
		this.opening = opening;
		this.rules = rules;
		this.time = time;
	}

	/**
	 * The lines of the standard input, which is not closed.
	 * @param limit the largest number of undone lines, at least 1
	 * @param backoff the policy for the next delivery if nobody asked for a certain delay
	 * @param maxAttempts the largest number of deliveries of a line, at least 1
	 * @param time the timekeeper by which a line comes again, for the caller to close
	 * @return the source
	 */
	public static LineSource stdin(int limit, BackoffPolicy backoff, int maxAttempts, Timekeeper time) {
		return of(STDIN, new UnclosedInput(System.in), limit, backoff, maxAttempts, time);
	}

	/**
	 * The lines of a stream, which is closed at its end.
	 * @param name the name of the stream, for messages to people
	 * @param input the stream, which can be read only once
	 * @param limit the largest number of undone lines, at least 1
	 * @param backoff the policy for the next delivery if nobody asked for a certain delay
	 * @param maxAttempts the largest number of deliveries of a line, at least 1
	 * @param time the timekeeper by which a line comes again, for the caller to close
	 * @return the source
	 */
	public static LineSource of(String name, InputStream input, int limit, BackoffPolicy backoff, int maxAttempts,
			Timekeeper time) {
		return new LineSource(name, () -> new Opened(input, Progress.NONE), new LineRules(limit, backoff, maxAttempts),
				time);
	}

	/**
	 * The lines of a file, with a progress bar if there is a terminal.
	 * @param file the file
	 * @param limit the largest number of undone lines, at least 1
	 * @param backoff the policy for the next delivery if nobody asked for a certain delay
	 * @param maxAttempts the largest number of deliveries of a line, at least 1
	 * @param time the timekeeper by which a line comes again, for the caller to close
	 * @return the source
	 */
	public static LineSource file(Path file, int limit, BackoffPolicy backoff, int maxAttempts, Timekeeper time) {
		String name = String.valueOf(file.getFileName());
		return new LineSource(name, () -> open(file), new LineRules(limit, backoff, maxAttempts), time);
	}

	private static Opened open(Path file) {
		if (!Files.exists(file)) {
			throw new InputException("There is no file %s".formatted(file.toAbsolutePath()), null);
		}
		if (Files.isDirectory(file)) {
			throw new InputException("%s is a directory, not a file".formatted(file.toAbsolutePath()), null);
		}
		try {
			return new Opened(Files.newInputStream(file), progress(file, Files.size(file)));
		}
		catch (IOException ex) {
			throw new InputException("The file %s cannot be read".formatted(file.toAbsolutePath()), ex);
		}
	}

	private static Progress progress(Path file, long size) {
		ProgressBar bar = ProgressBar.onTerminal(String.valueOf(file.getFileName()));
		return (bar != null) ? (bytes) -> bar.at(bytes, size) : Progress.NONE;
	}

	/**
	 * Starts to hand over lines.
	 * @throws InputException if the file does not exist or cannot be read
	 */
	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		Opened opened = this.opening.open();
		LineSubscription subscription = new LineSubscription(this.name, this.rules, receiver, this.time);
		subscription.limit(limit);
		LineInput input = new LineInput(opened.input());
		Thread reader = new Thread(new LineReader(this.name, input, opened.progress(), subscription),
				"pubsub-" + this.name);
		// Whoever waits for a line that never comes must not keep the process alive.
		reader.setDaemon(true);
		logger.info("Reading {}, with at most {} lines undone", this.name, this.rules.limit());
		reader.start();
		return subscription;
	}

	@Override
	public boolean ends() {
		return true;
	}

	@Override
	public String toString() {
		return "LineSource[" + this.name + "]";
	}

	@FunctionalInterface
	private interface Opening {

		Opened open();

	}

	private record Opened(InputStream input, Progress progress) {

	}

	private static final class UnclosedInput extends FilterInputStream {

		UnclosedInput(InputStream input) {
			super(input);
		}

		@Override
		public void close() {
		}

	}

}
