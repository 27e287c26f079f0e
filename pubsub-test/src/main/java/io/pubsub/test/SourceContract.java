package io.pubsub.test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.pubsub.NackException;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The promises that every {@link Source} of a queue keeps about its messages and their
 * settlement. The test of such a source extends this class, and
 * {@link SubscriptionContract}.
 *
 * @since 0.1.0
 */
public abstract class SourceContract {

	private static final BackoffPolicy LATE = BackoffPolicy.fixed(BackoffPolicy.LONGEST_DELAY);

	private static final BackoffPolicy AT_ONCE = BackoffPolicy.fixed(Duration.ZERO);

	private final List<TestConsumer> consumers = new ArrayList<>();

	/**
	 * The queue of the test.
	 * @return a queue that is empty at the beginning of a test, and always the same until
	 * its end
	 */
	protected abstract QueueUnderTest queue();

	@AfterEach
	void stopConsumers() {
		this.consumers.forEach((consumer) -> consumer.subscription().stop(Duration.ZERO));
	}

	@Test
	void deliversTheBody() {
		send("order-1");
		assertThat(consume(LATE).await(1)).hasBody("order-1");
	}

	@Test
	void deliversWhatIsSentAfterTheStart() {
		TestConsumer consumer = consume(LATE);
		send("order-1");
		assertThat(consumer.await(1)).hasBody("order-1");
	}

	@Test
	void deliversTheAttributes() {
		Map<String, String> attributes = Map.of("media_type", "application/json", "origin", "Zürich");
		queue().send("order-1", attributes);
		assertThat(consume(LATE).await(1).message().attributes())
			.containsExactlyInAnyOrderEntriesOf(queue().delivered(attributes));
	}

	@Test
	void deliversUnicodeIntact() {
		String body = "{\"text\": \"Grüße, 漢字, עברית \\\" & < > ' \\n\t\"}\n";
		send(body);
		assertThat(consume(LATE).await(1)).hasBody(body);
	}

	@Test
	@Tag("supplementary-characters")
	void deliversSupplementaryCharactersIntact() {
		String body = "{\"text\": \"🚀 👩‍🚀 🇨🇭 𝔸\"}";
		send(body);
		assertThat(consume(LATE).await(1)).hasBody(body);
	}

	@Test
	void deliversLargeBodyIntact() {
		String body = "0123456789é".repeat(20_000);
		send(body);
		assertThat(consume(LATE).await(1)).hasBody(body);
	}

	@Test
	void countsTheAttempts() {
		send("order-1");
		TestConsumer consumer = consume(AT_ONCE);
		assertThat(consumer.await(1)).hasAttempt(1);
		consumer.await(1).nack(null);
		assertThat(consumer.await(2)).hasAttempt(2);
		consumer.await(2).nack(null);
		assertThat(consumer.await(3)).hasAttempt(3);
	}

	@Test
	void keepsMessageTheSameAtEveryDelivery() {
		queue().send("order-1", Map.of("media_type", "application/json"));
		TestConsumer consumer = consume(AT_ONCE);
		Delivery first = consumer.await(1);
		first.nack(null);
		assertThat(consumer.await(2).message()).isEqualTo(first.message());
	}

	@Test
	void whenAckedNeverDeliversAgain() {
		send("order-1");
		TestConsumer consumer = consume(LATE);
		consumer.await(1).ack();
		assertThat(consumer.await(1)).isAcked();
		queue().passTime(queue().visibilityTimeout().plus(queue().unit()));
		assertThat(consumer.bodies()).containsExactly("order-1");
	}

	@Test
	void whenNackedWithDelayDeliversAgainAfterTheDelay() {
		send("order-1");
		TestConsumer consumer = consume(LATE);
		consumer.await(1).nack(queue().unit().multipliedBy(2));
		assertDeliversAgainAfterTwoUnits(consumer);
	}

	@Test
	void whenNackedWithZeroDeliversAgainAtOnce() {
		send("order-1");
		TestConsumer consumer = consume(LATE);
		consumer.await(1).nack(Duration.ZERO);
		assertThat(consumer.await(2)).hasBody("order-1");
	}

	@Test
	void whenNackedWithoutDelayDeliversAgainAsThePolicySays() {
		send("order-1");
		TestConsumer consumer = consume(BackoffPolicy.fixed(queue().unit().multipliedBy(2)));
		consumer.await(1).nack(null);
		assertDeliversAgainAfterTwoUnits(consumer);
	}

	private void assertDeliversAgainAfterTwoUnits(TestConsumer consumer) {
		assertThat(consumer.await(1)).isNacked();
		queue().passTime(queue().unit());
		assertThat(consumer.bodies()).containsExactly("order-1");
		queue().passTime(queue().unit());
		assertThat(consumer.await(2)).hasBody("order-1");
	}

	@Test
	void whenAckedFirstIgnoresNack() {
		send("order-1");
		TestConsumer consumer = consume(LATE);
		consumer.await(1).ack();
		consumer.await(1).nack(Duration.ZERO);
		assertThat(consumer.await(1)).isAcked();
		queue().passTime(queue().unit());
		assertThat(consumer.bodies()).containsExactly("order-1");
	}

	@Test
	void whenNackedFirstIgnoresAck() {
		send("order-1");
		TestConsumer consumer = consume(LATE);
		consumer.await(1).nack(Duration.ZERO);
		consumer.await(1).ack();
		assertThat(consumer.await(1)).isNacked();
		assertThat(consumer.await(2)).hasBody("order-1");
	}

	@Test
	void isNotSettledBeforeItIsAcked() {
		send("order-1");
		Delivery delivery = consume(LATE).await(1);
		assertThat(delivery).isNotSettled();
		delivery.ack();
		assertThat(delivery).isAcked();
	}

	@Test
	void whenClosedWithoutSettlementDeliversAgain() {
		send("order-1");
		TestConsumer consumer = consume(AT_ONCE);
		consumer.await(1).close();
		assertThat(consumer.await(1)).isNacked();
		assertThat(consumer.await(2)).hasBody("order-1");
	}

	@Test
	void whenUsedAcks() throws Exception {
		send("order-1");
		Delivery delivery = consume(AT_ONCE).await(1);
		assertThat(delivery.<String>use((used) -> used.message().body())).isEqualTo("order-1");
		assertThat(delivery).isAcked();
	}

	@Test
	void whenReleasedDeliversAgainAsTheSameAttempt() {
		send("order-1");
		TestConsumer consumer = consume(AT_ONCE);
		consumer.await(1).nack(null);
		Delivery delivery = consumer.await(2);
		assertThat(delivery.begin()).isTrue();
		delivery.release(Duration.ZERO);
		assertThat(consumer.await(3)).hasAttempt(2);
		assertThat(delivery).isNacked();
	}

	@Test
	void whenUsedAndFailedDeliversAgain() {
		send("order-1");
		TestConsumer consumer = consume(AT_ONCE);
		IOException failure = new IOException("expected");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> consumer.await(1).use((delivery) -> {
			throw failure;
		})).isSameAs(failure);
		assertThat(consumer.await(2)).hasAttempt(2);
	}

	@Test
	void whenUsedAndNackedDeliversAgainAfterTheDelay() {
		send("order-1");
		TestConsumer consumer = consume(LATE);
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> consumer.await(1).use((delivery) -> {
			throw new NackException(Duration.ZERO, "expected");
		}));
		assertThat(consumer.await(2)).hasAttempt(2);
	}

	@Test
	void refusesToUseWhatWasSettled() {
		send("order-1");
		Delivery delivery = consume(LATE).await(1);
		delivery.ack();
		assertThatIllegalStateException().isThrownBy(() -> delivery.use((used) -> used))
			.withMessageContaining(delivery.message().id());
	}

	@Test
	void deliversManyMessagesOnceEach() {
		List<String> bodies = IntStream.rangeClosed(1, 25).mapToObj((number) -> "order-" + number).toList();
		bodies.forEach(this::send);
		TestConsumer consumer = consume(LATE);
		bodies.forEach((body) -> consumer.await(bodies.indexOf(body) + 1).ack());
		assertThat(consumer.await(25)).isAcked();
		assertThat(consumer.bodies()).containsExactlyInAnyOrderElementsOf(bodies);
	}

	private void send(String body) {
		queue().send(body, Map.of());
	}

	private TestConsumer consume(BackoffPolicy backoff) {
		TestConsumer consumer = new TestConsumer(queue().source(10, backoff));
		this.consumers.add(consumer);
		return consumer;
	}

}
