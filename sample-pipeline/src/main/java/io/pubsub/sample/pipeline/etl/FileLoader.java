package io.pubsub.sample.pipeline.etl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.pubsub.MessageContext;
import io.pubsub.RejectMessageException;
import io.pubsub.SkipMessageException;
import io.pubsub.folder.FileMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads files into the database, each in one transaction with the digest of its content.
 * Whoever dies in the middle has loaded nothing of it; whoever dies between the commit
 * and the end of the message has the file again, and finds that it is loaded.
 */
@Component
class FileLoader {

	private static final Logger logger = LoggerFactory.getLogger(FileLoader.class);

	private static final int BATCH = 1_000;

	private final OrderStore store;

	private final Rejects rejects;

	private final Pace pace;

	private final TransactionTemplate transactions;

	FileLoader(OrderStore store, Rejects rejects, Pace pace, PlatformTransactionManager transactions) {
		this.store = store;
		this.rejects = rejects;
		this.pace = pace;
		this.transactions = new TransactionTemplate(transactions);
	}

	/**
	 * Loads a file.
	 * @param file the file
	 * @return the file as it is in the database
	 * @throws IOException if the file cannot be read to its end
	 * @throws SkipMessageException if its content was loaded before
	 * @throws RejectMessageException if it can never be loaded
	 */
	LoadedFile load(FileMessage file) throws IOException {
		String digest = Digest.of(file.path());
		skipIfLoaded(file, digest);
		try {
			return Objects.requireNonNull(this.transactions.execute((transaction) -> load(file, digest)));
		}
		catch (DuplicateKeyException ex) {
			// Another one with the same content was faster.
			skipIfLoaded(file, digest);
			throw ex;
		}
		catch (UncheckedIOException ex) {
			if (ex.getCause() instanceof CharacterCodingException) {
				throw new RejectMessageException("it is not UTF-8", ex);
			}
			throw ex;
		}
	}

	private void skipIfLoaded(FileMessage file, String digest) {
		String before = this.store.nameOf(digest);
		if (before != null) {
			logger.info("{}: all of it was loaded before, as {}", file.name(), before);
			throw new SkipMessageException("it was loaded before");
		}
	}

	private LoadedFile load(FileMessage file, String digest) {
		MessageContext context = MessageContext.current();
		int attempt = (context != null) ? context.attempt() : 1;
		long process = ProcessHandle.current().pid();
		this.store.add(digest, new LoadedFile(file.name(), 0, 0, attempt, process));
		try (BufferedReader lines = Files.newBufferedReader(file.path())) {
			String header = lines.readLine();
			OrderReader reader = OrderReader.of(LineSplitter.of(file.name()), header);
			try (RejectFile bad = this.rejects.of(file.name(), digest, Objects.requireNonNull(header))) {
				int loaded = load(file.name(), digest, reader, lines, bad);
				this.store.finish(digest, loaded, bad.count());
				bad.publish();
				report(file.name(), loaded, bad);
				return new LoadedFile(file.name(), loaded, bad.count(), attempt, process);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("stopped in the middle of " + file.name(), ex);
		}
	}

	private int load(String name, String digest, OrderReader reader, BufferedReader lines, RejectFile bad)
			throws IOException, InterruptedException {
		List<Order> batch = new ArrayList<>();
		int loaded = 0;
		int number = 1;
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			number++;
			try {
				if (!line.isBlank()) {
					batch.add(reader.read(number, line));
				}
			}
			catch (BadLineException ex) {
				bad.add(number, line, String.valueOf(ex.getMessage()));
			}
			if (batch.size() == BATCH) {
				loaded += add(digest, batch);
				this.pace.reached(name, loaded);
			}
		}
		return loaded + add(digest, batch);
	}

	private int add(String digest, List<Order> batch) {
		int size = batch.size();
		this.store.addOrders(digest, batch);
		batch.clear();
		return size;
	}

	private static void report(String name, int loaded, RejectFile bad) {
		if (bad.count() > 0) {
			logger.warn("{}: {} orders, and {} bad lines, which are in {}", name, loaded, bad.count(), bad.target());
		}
		else {
			logger.info("{}: {} orders", name, loaded);
		}
	}

}
