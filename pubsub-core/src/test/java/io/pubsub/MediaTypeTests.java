package io.pubsub;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MediaType}.
 */
class MediaTypeTests {

	private static final MediaType ORDER = new MediaType("application/vnd.example.pubsub._.created.order");

	@ParameterizedTest
	@CsvSource({ "application/vnd.a.order, application/vnd.a.order, true",
			"application/vnd.a.*, application/vnd.a.order, true",
			"application/vnd.a.*, application/vnd.a.order.item, false", "application/vnd.a.*, application/vnd.a, false",
			"application/vnd.a.*, application/vnd.b.order, false",
			"application/vnd.a.order, application/vnd.a.Order, false",
			"application/vnd.a.order, application/vnd.a.*, false", "application/vnd.a.*, application/vnd.a.*, true" })
	void matchesItselfOrAnyOneLastSegment(MediaType one, MediaType other, boolean matches) {
		assertThat(one.matches(other)).isEqualTo(matches);
	}

	@Test
	void isPatternIfItEndsInStar() {
		assertThat(new MediaType("application/vnd.example.*").isPattern()).isTrue();
		assertThat(ORDER.isPattern()).isFalse();
	}

	@Test
	void isNoPatternIfTheStarIsElsewhere() {
		assertThat(new MediaType("application/vnd.*.order").isPattern()).isFalse();
		assertThat(new MediaType("application/*").isPattern()).isFalse();
	}

	@Test
	void hasOnePatternThatItFits() {
		assertThat(ORDER.pattern()).isEqualTo(new MediaType("application/vnd.example.pubsub._.created.*"));
	}

	@Test
	void patternIsItsOwnPattern() {
		assertThat(ORDER.pattern().pattern()).isEqualTo(ORDER.pattern());
	}

	@Test
	void patternOfOneSegmentIsTheStarAlone() {
		assertThat(new MediaType("application").pattern()).isEqualTo(new MediaType(".*"));
	}

	@Test
	void refusesDotAtTheEnd() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MediaType("application/vnd.example."))
			.withMessage("a media type must not end in a dot: its last segment would be empty");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "application/ json", "application/json\n", "application/jsön", "\u0000" })
	void refusesWhatIsNotPrintableAscii(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new MediaType(value))
			.withMessage("a media type must consist of printable ASCII characters without spaces");
	}

	@Test
	void refusesMoreThan255Characters() {
		assertThat(new MediaType("a".repeat(255)).value()).hasSize(255);
		assertThatIllegalArgumentException().isThrownBy(() -> new MediaType("a".repeat(256)))
			.withMessage("a media type must have at most 255 characters, not 256");
	}

	@Test
	void isWrittenAsItsValue() {
		assertThat(ORDER).hasToString("application/vnd.example.pubsub._.created.order");
	}

}
