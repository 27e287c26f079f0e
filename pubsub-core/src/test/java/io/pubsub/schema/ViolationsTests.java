package io.pubsub.schema;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.schema.InvalidMessageException.Violation;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link Violations}.
 */
class ViolationsTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	@Test
	void hidesTheKeyOfAnEntry() {
		assertThat(violation("{\"entry\": {\"secret\": \"x\"}}", Holder.class).path()).isEqualTo("entry[*]");
	}

	@Test
	void hidesTheNamesOfFieldsThatAClassCollects() {
		assertThat(violation("{\"secret\": \"x\"}", Collector.class).path()).isEqualTo("[*]");
	}

	@Test
	void namesTheOtherFieldsOfAClassThatCollects() {
		assertThat(violation("{\"known_one\": \"x\"}", Collector.class).path()).isEqualTo("known_one");
	}

	@Test
	void saysNothingOfWhatAConverterSays() {
		Violation violation = violation("{\"code\": \"4111\"}", Converted.class);
		assertThat(violation.path()).isEqualTo("code");
		assertThat(violation.message()).doesNotContain("4111");
	}

	@Test
	void namesTheClassOfWhatIsNoFaultOfTheParser() {
		assertThat(Violations.of(new ArithmeticException("4111"), this.mapper))
			.containsExactly(new Violation("", "cannot be read (ArithmeticException)"));
	}

	@Test
	void makesTheTextOfAnExceptionFromTheFirstOnes() {
		List<Violation> violations = Collections.nCopies(12, new Violation("a", "is bad"));
		InvalidMessageException failure = new InvalidMessageException(Holder.class, violations);
		assertThat(failure).hasMessageEndingWith("a is bad; and 2 more");
		assertThat(failure.violations()).hasSize(12);
	}

	private Violation violation(String json, Class<?> type) {
		Throwable failure = catchThrowable(() -> this.mapper.readValue(json, type));
		return Violations.of(failure, this.mapper).get(0);
	}

	record Holder(Map.Entry<String, Integer> entry) {

	}

	static final class Collector {

		@JsonProperty("known_one")
		int known;

		@JsonAnySetter
		Map<String, Integer> others = new HashMap<>();

	}

	record Converted(@JsonDeserialize(using = Converter.class) Integer code) {

	}

	static final class Converter extends ValueDeserializer<Integer> {

		@Override
		public Integer deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
			throw new IllegalStateException("not a code: " + parser.getString());
		}

	}

}
