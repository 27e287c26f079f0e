package io.pubsub.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.folder.FolderMessages.UnreadableFileException;
import io.pubsub.internal.LogText;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a folder: takes what is there, and what dead ones have left, and does
 * with it what became of the work.
 * <p>
 * Safe for use by many threads.
 */
final class FolderConsumer {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final Duration UNREADABLE_DELAY = Duration.ofSeconds(1);

	private static final int MOST_REPORTED = 1_000;

	private final String name;

	private final FolderScan scan;

	private final Claims claims;

	private final Consumers others;

	private final FolderMessages messages;

	private final Set<Claim> held = ConcurrentHashMap.newKeySet();

	private final Queue<Unsettled> unsettled = new ConcurrentLinkedQueue<>();

	@GuardedBy("this")
	private final Set<String> reported = new HashSet<>();

	@GuardedBy("this")
	private List<ClaimName> checked = List.of();

	/**
	 * Makes a consumer that has taken nothing.
	 * @param name its name
	 * @param scan the scan of the folder
	 * @param claims the claims of this consumer
	 * @param others the other consumers
	 * @param messages the messages of claimed files
	 */
	FolderConsumer(String name, FolderScan scan, Claims claims, Consumers others, FolderMessages messages) {
		this.name = name;
		this.scan = scan;
		this.claims = claims;
		this.others = others;
		this.messages = messages;
	}

	/**
	 * Takes what is there.
	 * @param most the largest number of messages
	 * @return the messages in their order
	 * @throws IOException if the folder cannot be read
	 */
	synchronized List<Taken> take(int most) throws IOException {
		settleUnsettled();
		List<Taken> all = new ArrayList<>();
		Candidate next = this.scan.next();
		recoverDead();
		while (next != null) {
			Taken taken = take(next);
			if (taken != null) {
				all.add(taken);
			}
			next = (all.size() < most) ? this.scan.next() : null;
		}
		return all;
	}

	@GuardedBy("this")
	private @Nullable Taken take(Candidate candidate) {
		try {
			Claim claim = this.claims.take(candidate);
			if (claim == null) {
				return null;
			}
			this.scan.taken(candidate);
			return read(claim);
		}
		catch (IOException ex) {
			report(candidate.key(), "cannot be taken from the folder", ex);
			return null;
		}
	}

	private @Nullable Taken read(Claim claim) throws IOException {
		try {
			Taken taken = new Taken(claim, this.messages.read(claim));
			this.held.add(claim);
			return taken;
		}
		catch (UnreadableFileException ex) {
			this.claims.giveUp(claim, claim.attempts() + 1, String.valueOf(ex.getMessage()));
			return null;
		}
		catch (IOException ex) {
			this.claims.failed(claim, claim.attempts() + 1, UNREADABLE_DELAY, "it cannot be read: " + ex.getMessage());
			throw ex;
		}
	}

	@GuardedBy("this")
	private void recoverDead() throws IOException {
		List<ClaimName> now = this.scan.claims();
		if (now.equals(this.checked) && now.isEmpty()) {
			return;
		}
		this.checked = now;
		Map<String, List<ClaimName>> byConsumer = now.stream()
			.filter((file) -> !file.consumer().equals(this.name))
			.collect(Collectors.groupingBy(ClaimName::consumer));
		for (Map.Entry<String, List<ClaimName>> consumer : byConsumer.entrySet()) {
			if (this.others.of(consumer.getKey()).isOver()) {
				recover(consumer.getKey(), consumer.getValue());
			}
		}
	}

	@GuardedBy("this")
	private void recover(String dead, List<ClaimName> files) throws IOException {
		for (List<ClaimName> claim : files.stream().collect(Collectors.groupingBy(ClaimName::token)).values()) {
			try {
				this.claims.recover(claim);
			}
			catch (IOException ex) {
				report(claim.get(0).toString(), "cannot be taken back from a dead consumer", ex);
			}
		}
		this.others.forget(dead);
		this.scan.changed();
	}

	// One file that cannot be moved must not hold up the others.
	@GuardedBy("this")
	private void report(String file, String fault, IOException failure) {
		if (this.reported.size() < MOST_REPORTED && this.reported.add(file)) {
			logger.warn("{} {}", LogText.of(file), fault, LogText.printable(failure));
		}
	}

	@GuardedBy("this")
	private void settleUnsettled() {
		List<Unsettled> again = new ArrayList<>(this.unsettled);
		this.unsettled.removeAll(again);
		for (Unsettled one : again) {
			try {
				settle(one.claim(), one.settling());
			}
			catch (IOException ex) {
				report(one.claim().leader().toString(), "cannot leave its place, which is tried again", ex);
			}
		}
	}

	boolean holds(Claim claim) {
		return this.claims.holds(claim);
	}

	/**
	 * The work on a claim has succeeded.
	 * @param claim the claim
	 * @return {@code false} if it is somebody else's by now
	 * @throws IOException if its files cannot be moved now; that is tried again
	 */
	boolean succeeded(Claim claim) throws IOException {
		return settle(claim, () -> this.claims.finish(claim));
	}

	boolean failed(Claim claim, int attempts, Duration delay, String reason) throws IOException {
		return settle(claim, () -> this.claims.failed(claim, attempts, delay, reason));
	}

	boolean release(Claim claim, Duration delay) throws IOException {
		return settle(claim, () -> this.claims.release(claim, delay));
	}

	boolean giveUp(Claim claim, int attempts, String reason) throws IOException {
		return settle(claim, () -> this.claims.giveUp(claim, attempts, reason));
	}

	private boolean settle(Claim claim, Settling settling) throws IOException {
		try {
			boolean ours = settling.settle();
			this.held.remove(claim);
			return ours;
		}
		catch (IOException ex) {
			this.unsettled.add(new Unsettled(claim, settling));
			throw ex;
		}
	}

	/**
	 * Gives back all that is held.
	 * @throws IOException if that fails
	 */
	synchronized void releaseAll() throws IOException {
		settleUnsettled();
		for (Claim claim : Set.copyOf(this.held)) {
			release(claim, Duration.ZERO);
		}
	}

	void lookAgain() {
		this.scan.lookAgain();
	}

	boolean isWorkedOff() {
		return this.scan.isWorkedOff() && this.held.isEmpty();
	}

	int left() {
		return this.scan.left();
	}

	Duration untilDue() {
		return this.scan.untilDue();
	}

	/**
	 * What was taken.
	 *
	 * @param claim the claim
	 * @param message its message
	 */
	record Taken(Claim claim, InboundMessage message) {

	}

	/**
	 * What is to be done with a claim, until that has succeeded.
	 */
	private interface Settling {

		boolean settle() throws IOException;

	}

	private record Unsettled(Claim claim, Settling settling) {

	}

}
