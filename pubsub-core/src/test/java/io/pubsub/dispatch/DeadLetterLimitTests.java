package io.pubsub.dispatch;

import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DeadLetterLimit}.
 */
class DeadLetterLimitTests {

	@Test
	void admitsAnyNumberIfItIsNotSet() {
		DeadLetterLimit limit = limit(null, null);
		assertThat(admitted(limit, 1000)).isEqualTo(1000);
		assertThat(limit.exceeded()).isNull();
	}

	@Test
	void admitsSoManyInARow() {
		DeadLetterLimit limit = limit(null, 3);
		assertThat(admitted(limit, 5)).isEqualTo(3);
		assertThat(limit.exceeded()).isEqualTo("more than 3 messages in a row cannot be handled");
	}

	@Test
	void admitsNoneIfNoneMayBeInARow() {
		assertThat(admitted(limit(null, 0), 1)).isZero();
	}

	@Test
	void startsTheRowAnewWithEachMessageThatIsAcknowledged() {
		DeadLetterLimit limit = limit(null, 3);
		admitted(limit, 3);
		limit.acknowledged();
		assertThat(admitted(limit, 3)).isEqualTo(3);
	}

	@Test
	void admitsAPartOfTheLastMessages() {
		DeadLetterLimit limit = limit(0.1, null);
		acknowledge(limit, 100);
		assertThat(admitted(limit, 20)).isEqualTo(10);
		assertThat(limit.exceeded())
			.isEqualTo("11 of the last 100 messages cannot be handled, more than the permitted ratio of 0.1");
	}

	@Test
	void countsThePartAmongAllMessages() {
		DeadLetterLimit limit = limit(0.5, null);
		acknowledge(limit, 49);
		assertThat(admitted(limit, 50)).isEqualTo(50);
		assertThat(admitted(limit, 1)).isZero();
	}

	@Test
	void admitsTheFirstWhateverTheRatio() {
		DeadLetterLimit limit = limit(0.0, null);
		assertThat(admitted(limit, 1)).isEqualTo(1);
		acknowledge(limit, 98);
		assertThat(admitted(limit, 1)).isZero();
	}

	@Test
	void forgetsWhatIsLongAgo() {
		DeadLetterLimit limit = limit(0.1, null);
		admitted(limit, 10);
		acknowledge(limit, 100);
		assertThat(admitted(limit, 10)).isEqualTo(10);
	}

	@Test
	void admitsNoMoreOnceItIsExceeded() {
		DeadLetterLimit limit = limit(null, 1);
		admitted(limit, 2);
		limit.acknowledged();
		assertThat(admitted(limit, 1)).isZero();
	}

	@Test
	void countsFromZeroAfterAReset() {
		DeadLetterLimit limit = limit(null, 2);
		admitted(limit, 3);
		limit.reset();
		assertThat(limit.exceeded()).isNull();
		assertThat(admitted(limit, 3)).isEqualTo(2);
	}

	@Test
	void doesNotCountALetterThatWasNotSent() {
		DeadLetterLimit limit = limit(null, 1);
		IntStream.range(0, 5).forEach((i) -> {
			assertThat(limit.admits()).isTrue();
			limit.notSent();
		});
	}

	@Test
	void saysOnceInTheLogWhatToDo() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(DeadLetterLimit.class);
		logger.addAppender(log);
		admitted(limit(null, 1), 5);
		logger.detachAppender(log);
		assertThat(log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("more than 1 messages in a row",
					"resume"));
	}

	@Test
	void refusesARatioThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> limit(1.5, null)).withMessageContaining("1.5");
	}

	@Test
	void refusesANegativeNumber() {
		assertThatIllegalArgumentException().isThrownBy(() -> limit(null, -1)).withMessageContaining("-1");
	}

	private static DeadLetterLimit limit(@Nullable Double maxInvalidRatio, @Nullable Integer maxConsecutive) {
		return new DeadLetterLimit(maxInvalidRatio, maxConsecutive);
	}

	private static long admitted(DeadLetterLimit limit, int messages) {
		return IntStream.range(0, messages).filter((i) -> limit.admits()).count();
	}

	private static void acknowledge(DeadLetterLimit limit, int messages) {
		IntStream.range(0, messages).forEach((i) -> limit.acknowledged());
	}

}
