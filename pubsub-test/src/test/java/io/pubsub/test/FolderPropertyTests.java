package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.pubsub.folder.FileGroups;
import io.pubsub.folder.FolderQueue;
import io.pubsub.test.FolderModel.Settling;
import io.pubsub.transport.Delivery;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link FolderQueue}, whatever happens to its users and in whatever order.
 */
class FolderPropertyTests {

	private static final FileGroups GROUPS = FileGroups.matching(Pattern.compile("(?<key>[0-9]+)_(?<item>[A-C])\\.tsv"),
			Set.of("A", "B", "C"));

	@Property(tries = 100)
	void losesNothingAndFinishesNothingTwice(@ForAll("steps") List<Step> steps) throws IOException {
		take(steps, null);
	}

	@Property(tries = 100)
	void takesGroupsWholeOrNotAtAll(@ForAll("steps") List<Step> steps) throws IOException {
		take(steps, GROUPS);
	}

	private static void take(List<Step> steps, @Nullable FileGroups groups) throws IOException {
		try (FolderModel model = new FolderModel(groups)) {
			for (Step step : steps) {
				step.kind().action.take(model, step.who(), step.how());
				model.check();
			}
			model.workOff();
			model.check();
		}
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<Kind> kinds = Arbitraries.frequency(Tuple.of(8, Kind.ADD), Tuple.of(8, Kind.POLL),
				Tuple.of(6, Kind.SETTLE), Tuple.of(2, Kind.CRASH), Tuple.of(2, Kind.SETTLE_LATE),
				Tuple.of(4, Kind.PASS), Tuple.of(1, Kind.PAUSE), Tuple.of(1, Kind.SET_CLOCK));
		return Combinators.combine(kinds, Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 100))
			.as(Step::new)
			.list()
			.ofMaxSize(30);
	}

	@Property(tries = 100)
	void givesFilesInTheirOrderHoweverManyTakeThem(
			@ForAll @Size(min = 1, max = 12) @UniqueElements List<@IntRange(max = 1_000) Integer> numbers,
			@ForAll @Size(12) List<@IntRange(max = 2) Integer> takers) throws IOException {
		Path root = Files.createTempDirectory("pubsub-folder");
		List<FolderQueue> queues = new ArrayList<>();
		try {
			for (int number : numbers) {
				Files.writeString(root.resolve(String.valueOf(number)), "content");
			}
			for (int queue = 0; queue < 3; queue++) {
				queues.add(FolderQueue.builder(root)
					.settle(Duration.ZERO)
					.order(FolderPropertyTests::reversed)
					.timekeeper(new TestClock().timekeeper())
					.build());
			}
			List<String> taken = new ArrayList<>();
			for (int turn = 0; turn < numbers.size(); turn++) {
				Delivery delivery = FolderFixture.poll(queues.get(takers.get(turn)));
				taken.add(FolderFixture.nameOf(Objects.requireNonNull(delivery)));
			}
			assertThat(taken).isSortedAccordingTo(Comparator.comparing(FolderPropertyTests::reversed));
		}
		finally {
			queues.forEach(FolderQueue::close);
			FolderFixture.delete(root);
		}
	}

	private static String reversed(String name) {
		return new StringBuilder(name).reverse().toString();
	}

	/**
	 * Something that happens.
	 *
	 * @param kind the kind of it
	 * @param who the machine to which it happens
	 * @param how a number that says more
	 */
	record Step(Kind kind, int who, int how) {

	}

	/**
	 * What may happen.
	 */
	enum Kind {

		ADD(FolderModel::add),

		POLL((model, who, how) -> model.poll(who)),

		SETTLE((model, who, how) -> model.settle(who, settling(how))),

		CRASH((model, who, how) -> model.crash(who)),

		SETTLE_LATE((model, who, how) -> model.settleLate(settling(how))),

		PASS((model, who, how) -> model.pass(Duration.ofSeconds(how))),

		PAUSE((model, who, how) -> model.pause(who)),

		SET_CLOCK((model, who, how) -> model.setClock(who, Duration.ofSeconds(how * 3 - 150)));

		private final Action action;

		Kind(Action action) {
			this.action = action;
		}

		private static Settling settling(int how) {
			return Settling.values()[how % Settling.values().length];
		}

	}

	@FunctionalInterface
	private interface Action {

		void take(FolderModel model, int who, int how) throws IOException;

	}

}
