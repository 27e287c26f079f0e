package io.pubsub.aws.sqs;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SqsSourceOptions}.
 */
class SqsSourceOptionsTests {

	private final SqsSourceOptions options = SqsSourceOptions.forQueue("orders");

	@Test
	void hasDefaults() {
		assertThat(this.options.concurrency()).isEqualTo(10);
		assertThat(this.options.maxPrefetch()).isEqualTo(160);
		assertThat(this.options.pollWait()).isEqualTo(Duration.ofSeconds(20));
		assertThat(this.options.visibilityTimeout()).isNull();
		assertThat(this.options.ackLinger()).isEqualTo(Duration.ofMillis(50));
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders", "orders.fifo", "arn:aws:sqs:eu-west-1:123456789012:orders",
			"arn:aws-cn:sqs:cn-north-1:123456789012:orders.fifo", "http://127.0.0.1:9324/000000000000/orders" })
	void takesUrlsArnsAndNames(String queue) {
		assertThat(SqsSourceOptions.forQueue(queue).queue()).isEqualTo(queue);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "my queue", "arn:aws:sns:eu-west-1:123456789012:orders", "a.b" })
	void refusesOtherTexts(String queue) {
		assertThatIllegalArgumentException().isThrownBy(() -> SqsSourceOptions.forQueue(queue))
			.withMessage(
					"a queue must be a URL, an ARN (arn:aws:sqs:region:account:name) or a name of 1 to 80 letters, "
							+ "digits, hyphens and underscores, not \"" + queue + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://me:secret@127.0.0.1:9324/0/orders", "http://127.0.0.1:9324/0/orders?token=secret",
			"http://127.0.0.1:9324/0/orders#secret", "https://secret@" })
	void refusesWhatMayHoldASecretWithoutRepeatingIt(String queue) {
		assertThatIllegalArgumentException().isThrownBy(() -> SqsSourceOptions.forQueue(queue))
			.withMessageStartingWith("the URL of a queue must")
			.withMessageNotContaining("secret");
	}

	@Test
	void refusesAConcurrencyOfNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.options.toBuilder().concurrency(0).build())
			.withMessage("concurrency must be from 1 to 10000, not 0");
	}

	@Test
	void refusesANegativePrefetch() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.options.toBuilder().maxPrefetch(-1).build())
			.withMessage("maxPrefetch must be from 0 to 100000, not -1");
	}

	@Test
	void refusesAConcurrencyThatNoProcessHasThreadsFor() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.options.toBuilder().concurrency(Integer.MAX_VALUE).build())
			.withMessage("concurrency must be from 1 to 10000, not 2147483647");
	}

	@Test
	void refusesAPollWaitThatSqsDoesNotKnow() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.options.toBuilder().pollWait(Duration.ofSeconds(21)).build())
			.withMessage("pollWait must be whole seconds from 1s to 20s, not 21s");
	}

	@Test
	void refusesAVisibilityTimeoutOfAFraction() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.options.toBuilder().visibilityTimeout(Duration.ofMillis(1_500)).build())
			.withMessage("visibilityTimeout must be whole seconds from 1s to 12h, not 1.5s");
	}

	@Test
	void refusesALingerThatOutlastsTheVisibility() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.options.toBuilder()
				.visibilityTimeout(Duration.ofSeconds(1))
				.ackLinger(Duration.ofSeconds(1))
				.build())
			.withMessage("ackLinger must be shorter than visibilityTimeout, but 1s is not shorter than 1s");
	}

}
