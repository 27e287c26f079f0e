package io.pubsub.folder;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NetworkDrives}.
 */
class NetworkDrivesTests {

	private static final Path FOLDER = Path.of("in");

	@ParameterizedTest
	@ValueSource(strings = { "nfs", "nfs4", "cifs", "smb3", "SMB2", "fuse.sshfs", "9p", "efs", "ceph" })
	void haveALeaseOfThreeMinutesAtLeast(String type) {
		assertThat(NetworkDrives.leaseOn(FOLDER, type, Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(3));
	}

	@Test
	void keepALongerLease() {
		assertThat(NetworkDrives.leaseOn(FOLDER, "nfs", Duration.ofMinutes(4))).isEqualTo(Duration.ofMinutes(4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ext4", "xfs", "btrfs", "overlay", "tmpfs", "NTFS", "apfs" })
	void leaveTheLeaseOfALocalDisk(String type) {
		assertThat(NetworkDrives.leaseOn(FOLDER, type, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void areTakenForGrantedWhereTheFileSystemIsNotKnown() {
		assertThat(NetworkDrives.leaseOn(Path.of("missing", "folder"), Duration.ofMinutes(1)))
			.isEqualTo(Duration.ofMinutes(3));
	}

}
