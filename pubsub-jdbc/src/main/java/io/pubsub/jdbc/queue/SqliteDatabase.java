package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.ClassUtils;

/**
 * The one connection of this process to a file of SQLite, which others may use as well.
 * What is committed there outlives a power cut, if the disk keeps what it has confirmed.
 */
final class SqliteDatabase {

	// Others have to write, too: each for a few milliseconds.
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs",
			"9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "davfs", "lustre");

	private static final String DRIVER = "org.sqlite.SQLiteDataSource";

	private SqliteDatabase() {
	}

	static SingleConnectionDataSource open(Path file) {
		Path path = file.toAbsolutePath();
		Path directory = path.getParent();
		if (directory == null || !Files.isDirectory(directory)) {
			throw new IllegalArgumentException(
					"The directory of the queue %s does not exist: create it".formatted(path));
		}
		refuseNetwork(path, directory);
		if (!ClassUtils.isPresent(DRIVER, null)) {
			throw new IllegalStateException(
					"The queue %s needs the driver of SQLite: add org.xerial:sqlite-jdbc to the dependencies"
						.formatted(path));
		}
		return new SingleConnectionDataSource(connect(path), true);
	}

	// Their locks and their shared memory are not what SQLite relies on.
	private static void refuseNetwork(Path path, Path directory) {
		try {
			String type = Files.getFileStore(directory).type();
			if (isNetwork(type)) {
				throw new IllegalArgumentException(
						"The queue %s is on a network drive (%s), where a file of SQLite can be damaged: use a local disk"
							.formatted(path, type));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The drive of the queue %s cannot be examined".formatted(path), ex);
		}
	}

	static boolean isNetwork(String type) {
		return NETWORK.contains(type.toLowerCase(Locale.ROOT));
	}

	private static Connection connect(Path path) {
		SQLiteConfig config = new SQLiteConfig();
		config.setJournalMode(SQLiteConfig.JournalMode.WAL);
		config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
		config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
		config.setBusyTimeout((int) PATIENCE.toMillis());
		SQLiteDataSource dataSource = new SQLiteDataSource(config);
		dataSource.setUrl("jdbc:sqlite:" + path);
		try {
			return dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The queue %s cannot be opened: %s".formatted(path, ex.getMessage()), ex);
		}
	}

}
