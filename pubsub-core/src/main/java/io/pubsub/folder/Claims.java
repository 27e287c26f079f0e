package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.pubsub.folder.ClaimName.Stage;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one consumer does with files: claims them, gives them back, finishes them, or
 * gives them up. All files of a claim go the same way, also if the consumer dies on it.
 * <p>
 * Safe for use by many threads.
 */
final class Claims {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final int TOKEN_LENGTH = 8;

	private final FolderLayout layout;

	private final String consumer;

	private final Heartbeat heartbeat;

	private final FileMoves moves;

	private final Attempts attempts;

	private final int maxAttempts;

	private final Consumer<String> returned;

	/**
	 * Makes the claims of a consumer that has none.
	 * @param layout the folders
	 * @param consumer the name of the consumer
	 * @param heartbeat the heartbeat of the consumer
	 * @param moves the way to move files
	 * @param attempts the attempts at files
	 * @param maxAttempts the number of attempts after which a file is given up
	 * @param returned told the name of each file that is given back
	 */
	Claims(FolderLayout layout, String consumer, Heartbeat heartbeat, FileMoves moves, Attempts attempts,
			int maxAttempts, Consumer<String> returned) {
		this.layout = layout;
		this.consumer = consumer;
		this.heartbeat = heartbeat;
		this.moves = moves;
		this.attempts = attempts;
		this.maxAttempts = maxAttempts;
		this.returned = returned;
	}

	Path path(ClaimName file) {
		return this.layout.root().resolve(file.toString());
	}

	/**
	 * Claims files, all or none.
	 * @param candidate the files
	 * @return the claim; {@code null} if one of them is gone, or not as it was seen
	 * @throws IOException if they cannot be renamed
	 */
	@Nullable Claim take(Candidate candidate) throws IOException {
		this.heartbeat.start();
		long term = this.heartbeat.term();
		if (!this.heartbeat.holds(term)) {
			throw new IOException("nothing is claimed while %s cannot be written"
				.formatted(this.layout.consumers().resolve(this.consumer)));
		}
		List<ClaimName> taken = new ArrayList<>();
		boolean all = false;
		try {
			all = takeAll(candidate, newToken(), taken);
		}
		finally {
			if (!all) {
				putBack(taken);
			}
		}
		return all ? claim(candidate, List.copyOf(taken), term) : null;
	}

	private boolean takeAll(Candidate candidate, String token, List<ClaimName> taken) throws IOException {
		for (Map.Entry<String, FileVersion> seen : candidate.files().entrySet()) {
			ClaimName file = new ClaimName(seen.getKey(), this.consumer, token, Stage.WIP);
			if (!FileMoves.rename(this.layout.root().resolve(seen.getKey()), path(file))) {
				return false;
			}
			taken.add(file);
			if (!seen.getValue().equals(FileVersion.of(path(file)))) {
				return false;
			}
		}
		return true;
	}

	private Claim claim(Candidate candidate, List<ClaimName> files, long term) throws IOException {
		ClaimName leader = files.get(0);
		FileVersion version = Objects.requireNonNull(candidate.files().get(leader.original()));
		Attempts.Tried tried = this.attempts.of(leader.original(), version);
		return new Claim(candidate.key(), leader.token(), files, version, (tried != null) ? tried.count() : 0, term);
	}

	private static String newToken() {
		return UUID.randomUUID().toString().substring(0, TOKEN_LENGTH);
	}

	/**
	 * Whether a claim is still this consumer's.
	 * @param claim the claim
	 * @return {@code false} if others may have it
	 */
	boolean holds(Claim claim) {
		return this.heartbeat.holds(claim.term());
	}

	/**
	 * Finishes a claim: its files leave the folder.
	 * @param claim the claim
	 * @return {@code false} if it is somebody else's by now
	 * @throws IOException if files cannot be moved or deleted; the claim stays
	 */
	boolean finish(Claim claim) throws IOException {
		boolean finished = end(claim.files(), Stage.DONE, "");
		if (finished && claim.attempts() > 0) {
			this.attempts.forget(claim.leader().original());
		}
		return finished;
	}

	/**
	 * Gives a claim back after it has failed, or gives it up after the last attempt.
	 * @param claim the claim
	 * @param count the number of attempts at it, with this one
	 * @param delay the time after which it may be tried again
	 * @param reason the reason for people
	 * @return {@code false} if it is somebody else's by now
	 * @throws IOException if files cannot be moved
	 */
	boolean failed(Claim claim, int count, Duration delay, String reason) throws IOException {
		if (count >= this.maxAttempts) {
			return giveUp(claim, count, reason);
		}
		this.attempts.keep(claim.leader().original(), claim.version(), count, delay, reason);
		return putBack(claim.files());
	}

	/**
	 * Gives a claim back that was not tried.
	 * @param claim the claim
	 * @param delay the time after which it may be tried
	 * @return {@code false} if it is somebody else's by now
	 * @throws IOException if files cannot be moved
	 */
	boolean release(Claim claim, Duration delay) throws IOException {
		if (!delay.isZero()) {
			this.attempts.keep(claim.leader().original(), claim.version(), claim.attempts(), delay, "");
		}
		return putBack(claim.files());
	}

	/**
	 * Gives a claim up: its files go to the folder of the dead, with the reason.
	 * @param claim the claim
	 * @param count the number of attempts at it
	 * @param reason the reason for people
	 * @return {@code false} if it is somebody else's by now
	 * @throws IOException if files cannot be moved
	 */
	boolean giveUp(Claim claim, int count, String reason) throws IOException {
		boolean ended = end(claim.files(), Stage.DEAD,
				"%s, after %d %s".formatted(reason, count, (count == 1) ? "attempt" : "attempts"));
		if (ended) {
			logger.warn("{} is given up and moved to {}: {}", LogText.of(claim.key()), this.layout.dead(),
					LogText.of(reason));
			this.attempts.forget(claim.leader().original());
		}
		return ended;
	}

	// The name of the leader says to everybody that the rest has to follow.
	private boolean end(List<ClaimName> files, Stage stage, String reason) throws IOException {
		ClaimName leader = files.get(0);
		ClaimName committed = (files.size() > 1) ? leader.at(stage) : leader;
		if (!committed.equals(leader) && !FileMoves.rename(path(leader), path(committed))
				&& FileVersion.of(path(committed)) == null) {
			return false;
		}
		for (ClaimName follower : files.subList(1, files.size())) {
			leave(follower, stage);
		}
		Path left = leave(committed, stage);
		if (left != null && stage == Stage.DEAD) {
			ControlFiles.write(left.resolveSibling(left.getFileName() + ".reason"),
					new Reason(reason, this.attempts.time().now().toString(), this.consumer));
		}
		return left != null;
	}

	private @Nullable Path leave(ClaimName file, Stage stage) throws IOException {
		Path folder = (stage == Stage.DONE) ? this.layout.done() : this.layout.dead();
		try {
			if (folder == null) {
				Files.delete(path(file));
				return path(file);
			}
			return this.moves.moveInto(path(file), folder, file.original());
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private boolean putBack(List<ClaimName> files) throws IOException {
		List<ClaimName> leaderLast = new ArrayList<>(files);
		Collections.reverse(leaderLast);
		boolean all = true;
		for (ClaimName file : leaderLast) {
			all &= putBack(file);
		}
		return all;
	}

	private boolean putBack(ClaimName file) throws IOException {
		try {
			Path back = this.moves.moveInto(path(file), this.layout.root(), file.original());
			String name = back.getFileName().toString();
			if (!name.equals(file.original())) {
				logger.warn("{} comes back as {}, because there is another file of its name",
						LogText.of(file.original()), LogText.of(name));
			}
			this.returned.accept(name);
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * Takes over what a consumer has left that is dead, and brings it to its end: gives
	 * it back, which counts as an attempt, or ends what it had begun to end.
	 * @param left the files of one claim of the dead, as they are named
	 * @throws IOException if files cannot be moved
	 */
	void recover(List<ClaimName> left) throws IOException {
		String token = newToken();
		List<ClaimName> taken = new ArrayList<>();
		for (ClaimName file : left.stream().sorted(Comparator.comparing(ClaimName::original)).toList()) {
			ClaimName mine = file.takenOver(this.consumer, token);
			if (FileMoves.rename(path(file), path(mine))) {
				taken.add(mine);
			}
			else if (taken.isEmpty()) {
				// Somebody else takes it over.
				return;
			}
		}
		bringToEnd(taken, left.get(0).consumer());
	}

	private void bringToEnd(List<ClaimName> files, String dead) throws IOException {
		ClaimName leader = files.get(0);
		FileVersion version = FileVersion.of(path(leader));
		if (version == null) {
			return;
		}
		if (leader.stage() != Stage.WIP) {
			end(files, leader.stage(), "its consumer %s died while it gave it up".formatted(dead));
			return;
		}
		Attempts.Tried tried = this.attempts.of(leader.original(), version);
		int count = ((tried != null) ? tried.count() : 0) + 1;
		logger.warn("{} is taken back from {}, which shows no sign of life: attempt {} was its last",
				LogText.of(leader.original()), dead, count);
		failed(new Claim(leader.original(), leader.token(), files, version, count, this.heartbeat.term()), count,
				Duration.ZERO, "its consumer %s died".formatted(dead));
	}

	/**
	 * The content of the file that says why another one is dead.
	 *
	 * @param reason the reason, for people
	 * @param at the time
	 * @param consumer the consumer that gave it up
	 */
	record Reason(String reason, String at, String consumer) {

	}

}
