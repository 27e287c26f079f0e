package io.pubsub;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OpaqueData}.
 */
class OpaqueDataTests {

	private final OpaqueData data = OpaqueData.of(Map.of("X-Request-Id", "1"));

	@Test
	void findsValueWhateverTheCaseOfTheKey() {
		assertThat(this.data.get("x-request-id")).isEqualTo("1");
		assertThat(this.data.asMap().get("X-REQUEST-ID")).isEqualTo("1");
	}

	@Test
	void findsNothingForUnknownKey() {
		assertThat(this.data.get("x-request-ttl")).isNull();
	}

	@Test
	void keepsTheSpellingOfTheKeys() {
		assertThat(this.data.asMap().keySet()).containsExactly("X-Request-Id");
	}

	@Test
	void addsValue() {
		assertThat(this.data.with("x-request-ttl", "31").asMap())
			.containsExactlyInAnyOrderEntriesOf(Map.of("X-Request-Id", "1", "x-request-ttl", "31"));
	}

	@Test
	void replacesValueWhateverTheCaseOfTheKey() {
		assertThat(this.data.with("x-request-id", "2").asMap()).containsExactly(Map.entry("x-request-id", "2"));
	}

	@Test
	void isOverlaidByOtherData() {
		OpaqueData other = OpaqueData.of(Map.of("x-request-id", "2", "user", "3"));
		assertThat(this.data.with(other).asMap())
			.containsExactlyInAnyOrderEntriesOf(Map.of("x-request-id", "2", "user", "3"));
	}

	@Test
	void staysTheSameWhenSomethingIsAdded() {
		this.data.with("x-request-ttl", "31");
		assertThat(this.data.asMap()).containsExactly(Map.entry("X-Request-Id", "1"));
	}

	@Test
	void staysTheSameWhenTheMapChangesThatItCameFrom() {
		Map<String, String> values = new HashMap<>(Map.of("user", "1"));
		OpaqueData copy = OpaqueData.of(values);
		values.put("user", "2");
		assertThat(copy.get("user")).isEqualTo("1");
	}

	@Test
	void letsNobodyChangeItsMap() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.data.asMap().put("user", "1"));
	}

	@Test
	void isEmptyWhenThereIsNone() {
		assertThat(OpaqueData.none().asMap()).isEmpty();
		assertThat(OpaqueData.of(Map.of())).isEqualTo(OpaqueData.none());
	}

	@Test
	void isEqualWhateverTheCaseOfTheKeys() {
		assertThat(this.data).isEqualTo(OpaqueData.of(Map.of("x-request-id", "1")))
			.hasSameHashCodeAs(OpaqueData.of(Map.of("x-request-id", "1")))
			.isNotEqualTo(OpaqueData.of(Map.of("X-Request-Id", "2")));
	}

	@Test
	void isWrittenWithoutItsValues() {
		assertThat(OpaqueData.of(Map.of("user", "secret"))).hasToString("OpaqueData[user]");
	}

}
