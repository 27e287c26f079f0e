package io.pubsub.folder;

import java.util.List;

/**
 * Files that this consumer has renamed to names of its own.
 *
 * @param key the key of the group, or the name of the only file
 * @param token the token in their names
 * @param files the files, the leader first
 * @param version the leader as it was when it was claimed
 * @param attempts the number of times that they were tried before
 * @param term the term of the heartbeat in which they were claimed
 */
record Claim(String key, String token, List<ClaimName> files, FileVersion version, int attempts, long term) {

	ClaimName leader() {
		return this.files.get(0);
	}

	List<ClaimName> followers() {
		return this.files.subList(1, this.files.size());
	}

	/**
	 * The id that tells these files from others of the same names, of another time or
	 * size.
	 * @return the same at every delivery
	 */
	String id() {
		return "%s@%d.%d".formatted(this.key, this.version.modified().toEpochMilli(), this.version.size());
	}

}
