package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.pubsub.test.TestClock;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue, and what should become of what is put into it.
 */
final class QueueModel {

	private static final QueueOptions OPTIONS = new QueueOptions(Duration.ofSeconds(30), 3, Duration.ZERO,
			Duration.ofSeconds(1));

	private static final int GROUPS = 3;

	private static final int MOST = 1_000;

	private static final Duration LONGER_THAN_ALL_STEPS = Duration.ofDays(100);

	private final QueueDatabase.SteppingTimekeeper time = new QueueDatabase.SteppingTimekeeper(
			new TestClock().timekeeper());

	private final Map<String, Piece> pieces = new LinkedHashMap<>();

	// Of consumers that live, some of which have lost them.
	private final List<Claim> held = new ArrayList<>();

	private final JdbcQueue queue;

	private final QueueStore store;

	QueueModel(String name, DataSource database) {
		this.queue = JdbcQueue.builder(name, database)
			.createTables(true)
			.options(OPTIONS)
			.timekeeper(this.time)
			.build();
		this.store = this.queue.store();
	}

	void act(Action action) {
		int number = action.number();
		switch (action.kind()) {
			case PUT -> put(number);
			case CLAIM -> claim(1 + number % 4);
			case ACK, NACK, HAND_BACK, REJECT ->
				pick(number, (claim) -> settle(ending(action, claim), number % 4 == 0));
			case CRASH -> pick(number, this.held::remove);
			case PASS -> this.time.step(Duration.ofSeconds(number % 40));
			case STEP -> this.time.step(Duration.ofMinutes(number - 500));
			case TIDY -> tidy();
			case RENEW -> renew();
			case RELEASE -> pickParked(number, this::release);
			case DISCARD -> pickParked(number, this::discard);
		}
	}

	private void put(int number) {
		String group = (number % 2 != 0) ? "group-" + number % GROUPS : null;
		String id = this.queue.put(List.of(new QueueMessage("text", Map.of(), group, null))).get(0);
		this.pieces.put(id, new Piece(id, group, now()));
	}

	private long now() {
		return this.time.now().toEpochMilli();
	}

	private void claim(int most) {
		List<Claim> claims = this.store.claim(most);
		assertThat(claims).hasSizeLessThanOrEqualTo(most);
		claims.forEach((claim) -> {
			Piece piece = this.pieces.get(claim.id());
			assertThat(olderInGroup(piece)).isEmpty();
			piece.take(claim, now());
			this.held.add(claim);
		});
		markParked();
	}

	private List<Piece> olderInGroup(Piece piece) {
		return this.pieces.values()
			.stream()
			.takeWhile((other) -> other != piece)
			.filter((other) -> piece.group != null && piece.group.equals(other.group) && !other.done)
			.toList();
	}

	// A claim parks what has no attempts left.
	private void markParked() {
		Set<String> parked = this.queue.parked(MOST)
			.stream()
			.map((message) -> message.message().id())
			.collect(Collectors.toSet());
		this.pieces.values().forEach((piece) -> {
			if (parked.contains(piece.id) && !piece.parked) {
				assertThat(piece.attempts).isEqualTo(OPTIONS.maxAttempts());
				assertThat(piece.token).isNull();
				piece.parked = true;
			}
			assertThat(parked.contains(piece.id)).isEqualTo(piece.parked);
		});
	}

	private void settle(Ending ending, boolean twice) {
		Claim claim = ending.claim();
		Piece piece = this.pieces.get(claim.id());
		boolean expected = claim.token().equals(piece.token);
		assertThat(this.store.settle(List.of(ending)).isEmpty()).isEqualTo(expected);
		if (expected) {
			piece.settle(ending, now());
		}
		if (!twice) {
			this.held.remove(claim);
		}
	}

	private static Ending ending(Action action, Claim claim) {
		Duration delay = Duration.ofSeconds(action.number() % 60);
		return switch (action.kind()) {
			case NACK -> new Endings((attempt) -> delay, OPTIONS.maxAttempts()).failed(claim, null);
			case HAND_BACK -> Ending.untried(claim, delay);
			case REJECT -> Ending.park(claim, "malformed");
			default -> Ending.done(claim);
		};
	}

	private void tidy() {
		this.store.tidy();
		this.pieces.values().forEach((piece) -> piece.tidy(now()));
	}

	private void renew() {
		List<Claim> lost = this.store.renew(this.held);
		assertThat(lost).containsExactlyInAnyOrderElementsOf(this.held.stream()
			.filter((claim) -> !claim.token().equals(this.pieces.get(claim.id()).token))
			.toList());
		this.held.removeAll(lost);
		this.held.forEach((claim) -> this.pieces.get(claim.id()).end = now() + OPTIONS.lease().toMillis());
	}

	private void release(Piece piece) {
		assertThat(this.queue.release(piece.id)).isTrue();
		piece.release(now());
	}

	private void discard(Piece piece) {
		assertThat(this.queue.discard(piece.id)).isTrue();
		piece.parked = false;
		piece.done = true;
	}

	private void pick(int number, Consumer<Claim> action) {
		if (!this.held.isEmpty()) {
			action.accept(this.held.get(number % this.held.size()));
		}
	}

	private void pickParked(int number, Consumer<Piece> action) {
		List<Piece> parked = this.pieces.values().stream().filter((piece) -> piece.parked).toList();
		if (!parked.isEmpty()) {
			action.accept(parked.get(number % parked.size()));
		}
	}

	/**
	 * All consumers die, and one that comes after them finds everything.
	 */
	void finish() {
		this.held.clear();
		workOff();
		while (this.queue.releaseAll() > 0) {
			this.pieces.values().stream().filter((piece) -> piece.parked).forEach((piece) -> piece.release(now()));
			workOff();
		}
		assertThat(this.pieces.values()).allSatisfy((piece) -> assertThat(piece.done).as(piece.id).isTrue());
		assertThat(this.queue.state().outstanding()).isZero();
		this.queue.destroy();
	}

	private void workOff() {
		this.time.step(LONGER_THAN_ALL_STEPS);
		tidy();
		claim(MOST);
		while (!this.held.isEmpty()) {
			List.copyOf(this.held).forEach((claim) -> settle(Ending.done(claim), false));
			claim(MOST);
		}
	}

	/**
	 * What is done.
	 */
	enum Kind {

		PUT, CLAIM, ACK, NACK, HAND_BACK, REJECT, CRASH, PASS, STEP, TIDY, RENEW, RELEASE, DISCARD

	}

	/**
	 * One thing that is done.
	 *
	 * @param kind the kind
	 * @param number any number, which says more about it
	 */
	record Action(Kind kind, int number) {
	}

	/**
	 * What should become of a message.
	 */
	private static final class Piece {

		private final String id;

		private final @Nullable String group;

		private final long createdAt;

		private long due;

		private long end;

		private int attempts;

		private @Nullable String token;

		private boolean done;

		private boolean parked;

		Piece(String id, @Nullable String group, long now) {
			this.id = id;
			this.group = group;
			this.createdAt = now;
			this.due = now;
		}

		void take(Claim claim, long now) {
			assertThat(this.done).isFalse();
			assertThat(this.parked).isFalse();
			assertThat(this.token).isNull();
			assertThat(this.due).isLessThanOrEqualTo(now);
			this.attempts++;
			assertThat(claim.attempt()).isEqualTo(this.attempts).isLessThanOrEqualTo(OPTIONS.maxAttempts());
			this.token = claim.token();
			this.end = now + OPTIONS.lease().toMillis();
		}

		void settle(Ending ending, long now) {
			this.token = null;
			this.done = ending.kind() == Ending.Kind.DONE;
			this.parked = ending.kind() == Ending.Kind.PARK;
			this.due = now + ending.delay().toMillis();
			if (ending.kind() == Ending.Kind.UNTRIED) {
				this.attempts--;
			}
		}

		void tidy(long now) {
			long lease = OPTIONS.lease().toMillis();
			if (this.token != null && (this.end <= now || this.end > now + 2 * lease)) {
				this.token = null;
				this.due = now;
			}
			else if (this.token == null && this.due <= this.createdAt) {
				this.due = Math.min(this.due, now);
			}
		}

		void release(long now) {
			this.parked = false;
			this.attempts = 0;
			this.due = now;
		}

	}

}
