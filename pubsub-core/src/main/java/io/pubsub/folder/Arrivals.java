package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who wait for files that one may have come, as far as the file system says
 * so: a network drive does not, and many files at once are too many for it.
 * <p>
 * Safe for use by many threads.
 */
final class Arrivals implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final Predicate<String> isMessage;

	private volatile @Nullable WatchService watch;

	/**
	 * Makes arrivals that nobody watches.
	 * @param isMessage tells whether a file is a message, by its name
	 */
	Arrivals(Predicate<String> isMessage) {
		this.isMessage = isMessage;
	}

	/**
	 * Begins to watch the folder of messages, and that of the producers.
	 * @param layout the folders
	 */
	void watch(FolderLayout layout) {
		try {
			WatchService service = layout.root().getFileSystem().newWatchService();
			this.watch = service;
			WatchKey messages = layout.root().register(service, StandardWatchEventKinds.ENTRY_CREATE);
			layout.producers().register(service, StandardWatchEventKinds.ENTRY_CREATE);
			Thread thread = new Thread(() -> follow(service, messages), "pubsub-folder-watch");
			thread.setDaemon(true);
			thread.start();
		}
		catch (IOException | UnsupportedOperationException ex) {
			logger.info("{} cannot be watched: files are found when it is looked at", layout.root(),
					LogText.printable(ex));
		}
	}

	/**
	 * Tells what a watch tells, until it is closed or the folder is gone.
	 * @param service the watch
	 * @param messages the key for the folder of messages
	 */
	void follow(WatchService service, WatchKey messages) {
		try {
			boolean valid = true;
			while (valid) {
				WatchKey key = service.take();
				if (key.pollEvents().stream().filter((event) -> tells(event, key.equals(messages))).count() > 0) {
					tell();
				}
				valid = key.reset();
			}
		}
		catch (InterruptedException | ClosedWatchServiceException ex) {
			logger.debug("The watch has ended", ex);
		}
	}

	// An overflow has no name.
	private boolean tells(WatchEvent<?> event, boolean message) {
		return !message || !(event.context() instanceof Path name) || this.isMessage.test(name.toString());
	}

	/**
	 * Tells everybody who waits.
	 */
	void tell() {
		this.listeners.forEach(Runnable::run);
	}

	void add(Runnable listener) {
		this.listeners.add(listener);
	}

	void remove(Runnable listener) {
		this.listeners.remove(listener);
	}

	@Override
	public void close() {
		WatchService service = this.watch;
		if (service != null) {
			try {
				service.close();
			}
			catch (IOException ex) {
				logger.debug("The watch cannot be closed", ex);
			}
		}
	}

}
