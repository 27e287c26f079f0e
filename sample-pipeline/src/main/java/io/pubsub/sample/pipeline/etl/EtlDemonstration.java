package io.pubsub.sample.pipeline.etl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;

/**
 * What comes before a run of the command {@code etl}.
 */
public final class EtlDemonstration {

	private EtlDemonstration() {
	}

	/**
	 * Begins a run. With {@code --demo}, it puts files into a new folder, and lets
	 * another process work on them, which is killed in the middle.
	 * @param main the main class of the sample
	 * @param args the command line of the application
	 * @return the command line with what follows from {@code --demo}
	 * @throws IllegalArgumentException if there is no folder, or if there is something in
	 * it already and it is to be a new one
	 */
	public static String[] begin(Class<?> main, String... args) {
		ApplicationArguments options = new DefaultApplicationArguments(args);
		Path folder = Path.of(Objects.requireNonNull(options.getOptionValues("folder")).get(0));
		if (options.containsOption("demo")) {
			begin(main, folder);
			return Stream.concat(Arrays.stream(args), Stream.of("--once=true")).toArray(String[]::new);
		}
		// The database would make it, whatever the name is.
		if (!Files.isDirectory(folder)) {
			throw new IllegalArgumentException(
					"There is no folder %s: create it, or let --demo do that.".formatted(folder));
		}
		return args;
	}

	private static void begin(Class<?> main, Path folder) {
		try {
			SampleFiles.write(folder);
			new KilledRun(main, folder).run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted before the kill", ex);
		}
	}

}
