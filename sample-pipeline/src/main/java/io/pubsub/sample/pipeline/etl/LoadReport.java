package io.pubsub.sample.pipeline.etl;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Shows what is in the database, and what is not.
 */
@Component
class LoadReport {

	private static final Logger logger = LoggerFactory.getLogger(LoadReport.class);

	private static final String LINE = "%-28s %9s %9s %8s %8s";

	private static final String HEADER = LINE.formatted("file", "orders", "bad lines", "attempt", "process") + "\n";

	private final Path folder;

	private final OrderStore store;

	private final GivenUp givenUp;

	LoadReport(@Value("${folder}") Path folder, OrderStore store, GivenUp givenUp) {
		this.folder = folder;
		this.store = store;
		this.givenUp = givenUp;
	}

	void show() {
		List<LoadedFile> files = this.store.files();
		int loaded = files.stream().mapToInt(LoadedFile::loaded).sum();
		int rejected = files.stream().mapToInt(LoadedFile::rejected).sum();
		logger.info("In the database:\n\n{}\n", files.stream()
			.map((file) -> LINE.formatted(file.name(), file.loaded(), file.rejected(), file.attempt(), file.process()))
			.collect(Collectors.joining("\n", HEADER,
					"\n" + LINE.formatted("total", loaded, rejected, "", "").stripTrailing())));
		try (FolderQueue queue = FolderQueue.of(this.folder)) {
			queue.state().dead().forEach(this::show);
		}
	}

	private void show(FolderState.Dead file) {
		logger.warn("Given up, and in the folder dead: {}: {}", file.name(),
				this.givenUp.reasons().getOrDefault(file.name(), String.valueOf(file.reason())));
	}

	/**
	 * Shows whether each order of the sample files is there once.
	 * @return {@code true} if it is
	 */
	boolean showWhole() {
		long orders = this.store.orders();
		long different = this.store.differentOrders();
		logger.info("{} orders were put into the folder, {} are in the database, {} of them different",
				SampleFiles.ORDERS, orders, different);
		return orders == SampleFiles.ORDERS && different == SampleFiles.ORDERS;
	}

	boolean isEverythingLoaded() {
		return this.givenUp.reasons().isEmpty();
	}

}
