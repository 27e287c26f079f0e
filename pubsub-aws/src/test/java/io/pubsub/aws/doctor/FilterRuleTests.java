package io.pubsub.aws.doctor;

import java.util.Map;

import io.pubsub.MediaType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FilterRule}.
 */
class FilterRuleTests {

	@Test
	void leavesOutWhatIsNoMediaType() {
		SubscriptionFacts subscription = new SubscriptionFacts("arn", "sqs", "endpoint",
				Map.of("FilterPolicy", "{\"media_type\": [\"foo bar\", \"text/plain\", {\"prefix\": \"a/\"}]}"));
		assertThat(FilterRule.of(subscription).named()).containsExactly(new MediaType("text/plain"));
	}

}
