package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.pubsub.internal.DurationText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where files are on another machine, what is seen of them may be old: clients keep their
 * attributes for up to a minute.
 */
final class NetworkDrives {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final Duration SHORTEST_LEASE = Duration.ofMinutes(3);

	private static final List<String> TYPES = List.of("nfs", "cifs", "smb", "fuse.", "9p", "afp", "ceph", "lustre",
			"gpfs", "glusterfs", "webdav", "davfs", "vboxsf", "efs");

	private NetworkDrives() {
	}

	/**
	 * The lease that a consumer needs.
	 * @param folder the folder
	 * @param lease the lease that was asked for
	 * @return that, or the shortest one on a network drive
	 */
	static Duration leaseOn(Path folder, Duration lease) {
		return leaseOn(folder, typeOf(folder), lease);
	}

	static Duration leaseOn(Path folder, @Nullable String type, Duration lease) {
		if (lease.compareTo(SHORTEST_LEASE) >= 0 || (type != null && !isNetwork(type))) {
			return lease;
		}
		logger.info("{} is on a network drive: a consumer counts as dead after {}, not {}", folder,
				DurationText.of(SHORTEST_LEASE), DurationText.of(lease));
		return SHORTEST_LEASE;
	}

	// One that is not known may be on another machine.
	private static @Nullable String typeOf(Path folder) {
		try {
			return Files.getFileStore(folder).type();
		}
		catch (IOException ex) {
			logger.debug("The file system of {} is not known", folder, ex);
			return null;
		}
	}

	private static boolean isNetwork(String type) {
		return TYPES.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith);
	}

}
