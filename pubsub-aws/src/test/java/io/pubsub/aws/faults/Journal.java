package io.pubsub.aws.faults;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A file in which several processes write down the numbers that they have done. It has
 * them in the order in which they were done, whoever is killed. Safe for use by many
 * threads.
 *
 * @param file the file
 */
record Journal(Path file) {

	/**
	 * Writes numbers down, all of them or none.
	 * @param worker the name of the process, without spaces
	 * @param numbers the numbers
	 */
	void append(String worker, List<Integer> numbers) {
		String line = numbers.stream().map(String::valueOf).collect(Collectors.joining(" ", worker + " ", "\n"));
		// One write at the end of the file, whatever others write.
		try (FileOutputStream output = new FileOutputStream(this.file.toFile(), true)) {
			output.write(line.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The entries in the order in which they were written.
	 * @return one entry for each number
	 */
	List<Entry> entries() {
		try {
			return Files.readString(this.file).lines().flatMap(Journal::entriesOf).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Entry> entriesOf(String line) {
		String[] words = line.split(" ");
		return Arrays.stream(words).skip(1).map((number) -> new Entry(words[0], Integer.parseInt(number)));
	}

	/**
	 * The number of different numbers.
	 * @return the number until now
	 */
	int done() {
		return (int) entries().stream().map(Entry::number).distinct().count();
	}

	/**
	 * The numbers with the times that each was done.
	 * @return a ledger of all entries until now
	 */
	HandledLedger ledger() {
		HandledLedger ledger = new HandledLedger();
		entries().forEach((entry) -> ledger.record(entry.number()));
		return ledger;
	}

	void awaitDone(int count) {
		Awaitility.await().atMost(Faults.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> done() >= count);
	}

	void awaitFirstOf(String worker) {
		Awaitility.await()
			.atMost(Faults.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> entries().stream().anyMatch((entry) -> entry.worker().equals(worker)));
	}

	/**
	 * A number that was done.
	 *
	 * @param worker the name of the process
	 * @param number the number
	 */
	record Entry(String worker, int number) {

	}

}
