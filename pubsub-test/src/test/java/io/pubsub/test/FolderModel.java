package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.folder.FileGroups;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A folder with three consumers, each on a machine of its own, and what must be true of
 * it whatever happens.
 */
final class FolderModel implements AutoCloseable {

	static final Duration LEASE = Duration.ofSeconds(60);

	private static final Duration PATIENCE = Duration.ofMinutes(20);

	private static final Pattern NAME = Pattern.compile("(?<key>[0-9]+)(?<item>_[A-Z])?\\.tsv(?<claim>\\..+\\.wip)?");

	private static final List<String> ITEMS = List.of("A", "B", "C");

	private final Path beside;

	private final Path root;

	private final List<Machine> machines = new ArrayList<>();

	private final List<Machine> gone = new ArrayList<>();

	private final Deque<Delivery> late = new ArrayDeque<>();

	private final Set<String> written = new TreeSet<>();

	private final Set<String> acked = new HashSet<>();

	private final @Nullable FileGroups groups;

	/**
	 * Makes an empty folder.
	 * @param groups the groups that files are taken in, of the items A, B and C;
	 * {@code null} for one by one
	 * @throws IOException if that fails
	 */
	FolderModel(@Nullable FileGroups groups) throws IOException {
		this.groups = groups;
		this.beside = Files.createTempDirectory("pubsub-folder");
		this.root = Files.createDirectory(this.beside.resolve("in"));
		for (int machine = 0; machine < 3; machine++) {
			this.machines.add(new Machine());
		}
	}

	/**
	 * A file is put into the folder, or somebody who knows nothing of queues writes it
	 * there.
	 * @param who the machine
	 * @param how the group and item, if there are groups, and the way it comes there
	 * @throws IOException if that fails
	 */
	void add(int who, int how) throws IOException {
		String name = "%03d.tsv".formatted(this.written.size());
		if (this.groups != null) {
			name = "%03d_%s.tsv".formatted(how / ITEMS.size() % ITEMS.size(), ITEMS.get(how % ITEMS.size()));
		}
		if (this.written.add(name)) {
			boolean foreign = how % 2 == 0;
			Path file = Files.writeString((foreign ? this.root : this.beside).resolve(name), name);
			if (!foreign) {
				this.machines.get(who).queue.put(file);
			}
		}
	}

	void poll(int who) {
		Delivery delivery = FolderFixture.poll(this.machines.get(who).queue);
		if (delivery != null) {
			String name = FolderFixture.nameOf(delivery);
			assertThat(this.machines).as("%s is at work already", name).noneMatch((machine) -> machine.has(name));
			assertThat(this.acked).doesNotContain(name);
			this.machines.get(who).held.add(delivery);
		}
	}

	void settle(int who, Settling settling) {
		settle(this.machines.get(who).held.poll(), settling);
	}

	/**
	 * The process of a consumer is killed. Somebody may have kept what it had, and settle
	 * it late.
	 * @param who the machine, which starts the process again
	 */
	void crash(int who) {
		Machine dead = this.machines.set(who, new Machine());
		this.late.addAll(dead.held);
		this.gone.add(dead);
	}

	void settleLate(Settling settling) {
		settle(this.late.poll(), settling);
	}

	private void settle(@Nullable Delivery delivery, Settling settling) {
		if (delivery == null) {
			return;
		}
		settling.settle(delivery);
		Settlement settlement = delivery.settled().toCompletableFuture().getNow(Settlement.LOST);
		if (settlement == Settlement.ACKED) {
			assertThat(this.acked.add(FolderFixture.nameOf(delivery))).as("settled once").isTrue();
		}
	}

	void pass(Duration time) {
		this.machines.forEach((machine) -> machine.clock.advance(time));
	}

	/**
	 * All processes but one go on for a lease and more.
	 * @param who the machine of the process that stands still
	 */
	void pause(int who) {
		Machine paused = this.machines.get(who);
		this.machines.stream()
			.filter((machine) -> machine != paused)
			.forEach((machine) -> machine.clock.advance(LEASE.plusSeconds(5)));
		paused.clock.skip(LEASE.plusSeconds(5));
	}

	void setClock(int who, Duration step) {
		this.machines.get(who).time.set(step);
	}

	/**
	 * Each file is in one place, and all files of a group are claimed or done, or none.
	 */
	void check() {
		List<String> all = new ArrayList<>(done());
		all.addAll(dead());
		Map<String, Integer> claimed = new TreeMap<>();
		for (String file : FolderFixture.names(this.root)) {
			Matcher matcher = NAME.matcher(file);
			assertThat(matcher.matches()).as(file).isTrue();
			boolean own = matcher.group("claim") == null;
			all.add(own ? file : file.substring(0, matcher.start("claim")));
			claimed.merge(matcher.group("key"), own ? 0 : 1, Integer::sum);
		}
		assertThat(all).containsExactlyInAnyOrderElementsOf(this.written);
		assertThat(done()).containsExactlyInAnyOrderElementsOf(
				this.written.stream().filter((name) -> this.acked.contains(keyOf(name))).toList());
		assertThat(claimed.values()).isSubsetOf(0, (this.groups != null) ? ITEMS.size() : 1);
	}

	private String keyOf(String name) {
		return (this.groups != null) ? name.substring(0, name.indexOf('_')) : name;
	}

	/**
	 * Everything is worked off in the end.
	 */
	void workOff() {
		Duration passed = Duration.ZERO;
		while (isAnythingLeft()) {
			assertThat(passed).as("%s are left", FolderFixture.names(this.root)).isLessThan(PATIENCE);
			for (int who = 0; who < this.machines.size(); who++) {
				poll(who);
				settle(who, Settling.ACK);
			}
			pass(Duration.ofSeconds(10));
			passed = passed.plusSeconds(10);
		}
	}

	// What is incomplete stays.
	private boolean isAnythingLeft() {
		List<String> left = FolderFixture.names(this.root);
		return left.stream().anyMatch((name) -> name.endsWith(".wip"))
				|| ((this.groups != null)
						? left.stream()
							.anyMatch((name) -> ITEMS.stream()
								.allMatch((item) -> left.contains(keyOf(name) + "_" + item + ".tsv")))
						: !left.isEmpty());
	}

	private List<String> done() {
		return FolderFixture.names(this.root.resolve("done"));
	}

	private List<String> dead() {
		return FolderFixture.names(this.root.resolve("dead"))
			.stream()
			.filter((name) -> !name.endsWith(".reason"))
			.toList();
	}

	private FolderQueue queue(Timekeeper time) {
		FolderQueueBuilder queue = FolderQueue.builder(this.root)
			.settle(Duration.ZERO)
			.lease(LEASE)
			.maxAttempts(1_000)
			.done(Path.of("done"))
			.backoff(BackoffPolicy.fixed(Duration.ZERO))
			.timekeeper(time);
		return ((this.groups != null) ? queue.groups(this.groups) : queue).build();
	}

	@Override
	public void close() throws IOException {
		this.machines.forEach((machine) -> machine.queue.close());
		this.gone.forEach((machine) -> machine.queue.close());
		FolderFixture.delete(this.beside);
	}

	/**
	 * How somebody ends the work on a file.
	 */
	enum Settling {

		ACK(Delivery::ack), NACK((delivery) -> delivery.nack(Duration.ZERO)),
		LATER((delivery) -> delivery.nack(Duration.ofSeconds(30))),
		RELEASE((delivery) -> delivery.release(Duration.ZERO)), REJECT((delivery) -> delivery.reject("malformed"));

		private final Consumer<Delivery> action;

		Settling(Consumer<Delivery> action) {
			this.action = action;
		}

		void settle(Delivery delivery) {
			this.action.accept(delivery);
		}

	}

	private final class Machine {

		private final TestClock clock = new TestClock();

		private final SteppedTime time = new SteppedTime(this.clock.timekeeper());

		private final FolderQueue queue = queue(this.time);

		private final Deque<Delivery> held = new ArrayDeque<>();

		boolean has(String name) {
			return this.held.stream()
				.anyMatch((delivery) -> FolderFixture.nameOf(delivery).equals(name) && !delivery.isLost());
		}

	}

}
