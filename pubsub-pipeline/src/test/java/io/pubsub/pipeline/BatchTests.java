package io.pubsub.pipeline;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link Batch}.
 */
class BatchTests {

	private final TestRun test = new TestRun();

	private final Origin first = this.test.origin();

	private final Origin second = this.test.origin();

	private final Batch<String> batch = new Batch<>(List.of("a", "b", "c"),
			List.of(this.first, this.second, this.second));

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void isAListThatCannotBeChanged() {
		assertThat(this.batch).containsExactly("a", "b", "c").isEqualTo(List.of("a", "b", "c"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.batch.add("d"));
	}

	@Test
	void knowsTheMessageOfEachElement() {
		assertThat(this.batch.context(0)).isSameAs(this.first.context());
		assertThat(this.batch.context(2)).isSameAs(this.second.context());
	}

	@Test
	void goesOnWithWhatHasNotFailed() {
		IllegalStateException failure = new IllegalStateException("expected");
		this.batch.fail(1, failure);
		assertThat(this.batch.failures()).containsOnlyKeys(1).containsValue(failure);
		assertThat(this.batch.rest()).containsExactly("a", "c");
		assertThat(this.batch.rest().context(1)).isSameAs(this.second.context());
	}

	@Test
	void keepsTheirPlacesWhenItShrinksAgain() {
		this.batch.fail(0, new IllegalStateException("expected"));
		Batch<String> rest = this.batch.rest();
		rest.fail(0, new IllegalStateException("expected"));
		assertThat(rest.place(0)).isEqualTo(1);
		assertThat(rest.rest()).containsExactly("c");
		assertThat(rest.rest().place(0)).isEqualTo(2);
	}

	@Test
	void forgetsWhatHasFailedBeforeAnotherAttempt() {
		this.batch.fail(1, new IllegalStateException("expected"));
		this.batch.begin();
		assertThat(this.batch.failures()).isEmpty();
	}

	@Test
	void refusesToFailWhatIsNotThere() {
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> this.batch.fail(3, new IllegalStateException("expected")));
	}

	@Test
	@SuppressWarnings("NullAway") // as it may come from code without annotations
	void refusesToFailForNothing() {
		assertThatNullPointerException().isThrownBy(() -> this.batch.fail(1, null))
			.withMessage("an element fails with an exception");
	}

	@Test
	void showsNoElementsInItsText() {
		assertThat(this.batch).hasToString("Batch[3 elements]");
	}

}
