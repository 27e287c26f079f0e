package io.pubsub.sample.pipeline.etl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that are loaded for a demonstration.
 */
final class SampleFiles {

	/** The number of orders in all files. */
	static final int ORDERS = 30_000;

	private static final int FILES = 6;

	private static final int ORDERS_PER_FILE = ORDERS / FILES;

	private static final List<String> BAD_LINES = List.of("4-A,Ada,12.345,2026-11-28", "4-B,Bob,12.50,yesterday",
			"4-C,Cleo");

	private SampleFiles() {
	}

	/**
	 * Writes them.
	 * @param folder the folder, which is made unless it exists
	 * @throws IOException if that fails
	 * @throws IllegalArgumentException if the folder is not empty
	 */
	static void write(Path folder) throws IOException {
		Files.createDirectories(folder);
		try (Stream<Path> files = Files.list(folder)) {
			if (files.findAny().isPresent()) {
				throw new IllegalArgumentException(
						"%s is not empty: --demo needs a folder of its own".formatted(folder));
			}
		}
		for (int file = 1; file < FILES; file++) {
			Files.write(folder.resolve("orders-%d.csv".formatted(file)), lines(file, ","));
		}
		Files.write(folder.resolve("orders-%d.tsv".formatted(FILES)), lines(FILES, "\t"));
		Files.writeString(folder.resolve("no-header.csv"), "7-1,Grace,12.50,2026-11-28\n");
	}

	private static List<String> lines(int file, String separator) {
		List<String> lines = new ArrayList<>();
		lines.add(String.join(separator, "number", "customer", "amount", "placed"));
		for (int order = 1; order <= ORDERS_PER_FILE; order++) {
			lines.add(String.join(separator, file + "-" + order, "\"Customer, " + order + "\"", order + ".50",
					"2026-11-28"));
		}
		if (file == FILES - 2) {
			lines.addAll(ORDERS_PER_FILE / 2, BAD_LINES);
		}
		return lines;
	}

}
