package io.pubsub.aws.sqs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link QueueAddress}.
 */
class QueueAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
			"https://vpce-0a1b.sqs.eu-west-1.vpce.amazonaws.com/123456789012/orders",
			"http://localhost:4566/000000000000/orders", "http://localhost:4566/queue/us-east-1/000000000000/orders",
			"http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/orders",
			"http://us-east-1.queue.localhost.localstack.cloud:4566/000000000000/orders",
			"http://sqs.us-east-1.localhost:4566/000000000000/orders", "http://127.0.0.1:9324/queue/orders",
			"http://[::1]:9324/000000000000/orders" })
	void readsTheNameInAUrl(String url) {
		QueueAddress address = QueueAddress.parse(url);
		assertThat(address.url()).isEqualTo(url);
		assertThat(address.name()).isEqualTo("orders");
	}

	@Test
	void asksWithoutTheSlashAtTheEndOfAUrl() {
		QueueAddress address = QueueAddress.parse("https://sqs.eu-west-1.amazonaws.com/123456789012/orders.fifo/");
		assertThat(address.url()).isEqualTo("https://sqs.eu-west-1.amazonaws.com/123456789012/orders.fifo");
		assertThat(address.isFifo()).isTrue();
	}

	@Test
	void looksAnArnUpInItsAccount() {
		QueueAddress address = QueueAddress.parse("arn:aws:sqs:eu-west-1:123456789012:orders");
		assertThat(address.url()).isNull();
		assertThat(address.account()).isEqualTo("123456789012");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://", "https://sqs.eu-west-1.amazonaws.com/orders", "http://localhost:4566/",
			"http://localhost:4566/000000000000/two words" })
	void refusesOtherUrls(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> QueueAddress.parse(url))
			.withMessage("the URL of a queue must end in an account and a name, such as"
					+ " https://sqs.eu-west-1.amazonaws.com/123456789012/orders, not as \"" + url + "\"");
	}

	@Test
	void doesNotRepeatAPassword() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> QueueAddress.parse("https://me:secret@localhost/1/orders"))
			.withMessage("the URL of a queue must not have an @, nor a user or password before it");
	}

}
