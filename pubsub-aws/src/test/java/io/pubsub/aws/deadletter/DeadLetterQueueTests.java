package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link DeadLetterQueue}.
 */
class DeadLetterQueueTests {

	private final Letters letters = new Letters("");

	private final DeadLetterQueue queue = this.letters.queue();

	@AfterEach
	void stop() {
		this.letters.close();
	}

	@Test
	void listsLettersInGroups() {
		this.letters.write("good 1", "bad");
		this.letters.redrive("good 2");
		Listing listing = this.queue.list(Selection.ALL, 100);
		assertThat(listing.about()).isEqualTo(3);
		assertThat(listing.seen()).isEqualTo(3);
		assertThat(listing.notice()).isNull();
		assertThat(listing.groups()).extracting(LetterGroup::reason).containsExactly("attempts", "redrive");
		assertThat(listing.groups()).extracting(LetterGroup::passing).containsExactly(1, 1);
		assertThat(listing.groups()).extracting(LetterGroup::handler).containsOnly("orderHandler");
	}

	@Test
	void makesVisibleAtOnceWhatItHasSeen() {
		this.letters.write("good", "bad");
		this.queue.list(Selection.ALL, 100);
		assertThat(this.queue.list(Selection.ALL, 100).letters()).hasSize(2)
			.extracting(Letter::receives)
			.containsOnly(2);
	}

	@Test
	void receivesNoMoreThanItIsTold() {
		this.letters.write("1", "2", "3");
		Listing listing = this.queue.list(Selection.ALL, 2);
		assertThat(listing.seen()).isEqualTo(2);
		assertThat(listing.about()).isEqualTo(3);
	}

	@Test
	void listsNothingWhereNothingIs() {
		assertThat(this.queue.list(Selection.ALL, 100).letters()).isEmpty();
	}

	@Test
	void choosesByAllThatIsSet() {
		this.letters.write("good", "bad");
		assertThat(this.queue.list(choose("attempts", "IllegalStateException", null, false), 100).letters()).hasSize(2);
		assertThat(this.queue.list(choose("invalid", null, null, false), 100).letters()).isEmpty();
		assertThat(this.queue.list(choose(null, null, Duration.ofHours(1), false), 100).letters()).isEmpty();
		assertThat(this.queue.list(choose(null, null, null, true), 100).letters()).singleElement()
			.satisfies((letter) -> assertThat(letter.passes()).isTrue());
	}

	private static Selection choose(@Nullable String reason, @Nullable String exception, @Nullable Duration olderThan,
			boolean passing) {
		return new Selection(Set.of(), reason, "orderHandler", Letters.MEDIA_TYPE, exception, olderThan, null, passing);
	}

	@Test
	void showsTheContentOfOneLetter() {
		String id = this.letters.write("other", "good");
		LetterContent content = this.queue.show(id, 100);
		assertThat(content.body()).isEqualTo("good");
		assertThat(content.attributes()).containsEntry("tenant", "blue")
			.containsEntry("dead_letter_reason", "attempts");
		assertThat(content).hasToString("LetterContent[" + id + "]");
		assertThat(this.letters.count(this.letters.dead())).isEqualTo(2);
	}

	@Test
	void saysWhereItHasLookedForALetter() {
		this.letters.write("good");
		assertThatExceptionOfType(NoSuchLetterException.class).isThrownBy(() -> this.queue.show("unknown", 100))
			.withMessageContaining(
					"no letter unknown among the 1 of about 1 that " + this.letters.dead() + " has handed over");
	}

	@Test
	void discardsWhatIsChosenAndNothingElse() {
		String id = this.letters.write("good", "bad");
		Report report = this.queue.discard(Selection.of(Set.of(id)), 100, (soFar) -> {
		});
		assertThat(report.done()).isOne();
		assertThat(report.isComplete()).isTrue();
		assertThat(this.queue.list(Selection.ALL, 100).letters()).singleElement()
			.satisfies((letter) -> assertThat(letter.id()).isNotEqualTo(id));
	}

	@Test
	void exportsAndImportsLetters() {
		this.letters.write("good 1");
		this.letters.redrive("good 2");
		List<String> lines = new ArrayList<>();
		assertThat(this.queue.export(Selection.ALL, 100, lines::add, (soFar) -> {
		}).done()).isEqualTo(2);
		List<Letter> before = this.queue.list(Selection.ALL, 100).letters();
		this.queue.discard(DeadLetterQueue.in(lines), 100, (soFar) -> {
		});
		assertThat(this.letters.count(this.letters.dead())).isZero();
		assertThat(this.queue.restore(lines.iterator(), (soFar) -> {
		}).done()).isEqualTo(2);
		assertThat(this.queue.list(Selection.ALL, 100).letters()).extracting(Letter::reason, Letter::source)
			.containsExactlyInAnyOrderElementsOf(
					before.stream().map((letter) -> tuple(letter.reason(), letter.source())).toList());
	}

	@Test
	void stopsTheImportAtALineThatIsNoLetter() {
		this.letters.write("good");
		List<String> lines = new ArrayList<>();
		this.queue.export(Selection.ALL, 100, lines::add, (soFar) -> {
		});
		lines.addAll(List.of("", "{}", lines.get(0)));
		Report report = this.queue.restore(lines.iterator(), (soFar) -> {
		});
		assertThat(report.done()).isOne();
		assertThat(report.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.id()).isEqualTo("3");
			assertThat(failure.why()).contains("MessageId and Body");
		});
	}

	@Test
	void letsSqsMoveAllBack() {
		this.letters.redrive("good 1", "good 2");
		assertThat(this.letters.count(this.letters.dead())).isEqualTo(2);
		assertThat(this.queue.moveAll(null)).isNotEmpty();
		Awaitility.await().until(() -> this.letters.count(this.letters.source()) == 2);
	}

}
