package io.pubsub.aws.internal;

import java.util.List;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FilterPolicy}.
 */
class FilterPolicyTests {

	@Test
	void namesMediaTypesAndTheBeginningOfPatterns() {
		FilterPolicy policy = FilterPolicy.of(FilterPolicy.ATTRIBUTE,
				List.of(new MediaType("b.c"), new MediaType("a.*"), new MediaType("a.x"), new MediaType("b.a")));
		assertThat(policy).isNotNull()
			.extracting(FilterPolicy::json)
			.isEqualTo("{\"media_type\":[\"b.a\",\"b.c\",{\"prefix\":\"a.\"}]}");
	}

	@Test
	void isNoneIfAllOrNothingIsHandled() {
		assertThat(FilterPolicy.of(FilterPolicy.FIELD, List.of())).isNull();
		assertThat(FilterPolicy.of(FilterPolicy.FIELD, List.of(new MediaType(".*"), new MediaType("a.b")))).isNull();
	}

	@Test
	void tellsTheLimitThatItExceeds() {
		assertThat(policy(150)).isNotNull().returns(null, FilterPolicy::excess);
		assertThat(policy(151)).isNotNull()
			.returns("151 media types are more than the 150 values that SNS takes", FilterPolicy::excess);
	}

	private static @Nullable FilterPolicy policy(int mediaTypes) {
		return FilterPolicy.of(FilterPolicy.ATTRIBUTE,
				IntStream.range(0, mediaTypes).mapToObj((number) -> new MediaType("type" + number)).toList());
	}

}
