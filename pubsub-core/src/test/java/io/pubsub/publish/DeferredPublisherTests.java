package io.pubsub.publish;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.MediaTypes;
import io.pubsub.publish.ProducerFixture.Order;
import io.pubsub.schema.InvalidMessageException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DeferredPublisher}.
 */
class DeferredPublisherTests {

	private final ProducerFixture fixture = new ProducerFixture();

	private final SnsProducer producer = this.fixture.producer(new PublishScopes(PublishTransactions.none()));

	@Test
	void publishesNothingInsideAndAllInOrderAfterwards() {
		this.producer.deferred((publisher) -> {
			assertThat(publisher.produce(new Order("a"))).startsWith("local-");
			publisher.produce(new MediaTypes("example").created("order"), new Order("b"));
			assertThat(this.fixture.published()).isEmpty();
		});
		assertThat(this.fixture.published()).containsExactly("a", "b");
	}

	@Test
	void publishesNothingWhenTheWorkThrows() {
		assertThatIllegalStateException().isThrownBy(() -> this.producer.deferred((publisher) -> {
			publisher.produce(new Order("a"));
			throw new IllegalStateException("no");
		})).withMessage("no");
		assertThat(this.fixture.published()).isEmpty();
	}

	@Test
	void publishesNothingWhenClosedWithoutCommit() {
		DeferredPublisher publisher = this.producer.defer();
		publisher.produce(new Order("a"));
		publisher.close();
		assertThat(this.fixture.published()).isEmpty();
	}

	@Test
	void refusesInvalidContentAtOnce() {
		try (DeferredPublisher publisher = this.producer.defer()) {
			assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> publisher.produce(new Order("")));
			publisher.produce(new Order("a"));
			publisher.commit();
		}
		assertThat(this.fixture.published()).containsExactly("a");
	}

	@Test
	void refusesAMediaTypeWithoutTopicAtOnce() {
		try (DeferredPublisher publisher = this.producer.defer()) {
			assertThatExceptionOfType(NoTopicException.class)
				.isThrownBy(() -> publisher.produce(new MediaTypes("example").created("other"), new Order("a")));
		}
	}

	@Test
	void saysHowManyCouldNotBePublished() {
		this.fixture.destination().breakAddress(ProducerFixture.ORDERS);
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> this.producer.deferred((publisher) -> publisher.produce(new Order("a"))))
			.withMessageContaining("1 of 1 messages were not published");
	}

	@Test
	void isOverAfterTheCommit() {
		DeferredPublisher publisher = this.producer.defer();
		publisher.commit();
		assertThatIllegalStateException().isThrownBy(publisher::commit);
		assertThatIllegalStateException().isThrownBy(() -> publisher.produce(new Order("a")))
			.withMessageContaining("SnsProducer.defer()");
	}

	@Test
	void leavesAnotherPublisherAlone() {
		try (DeferredPublisher outer = this.producer.defer(); DeferredPublisher inner = this.producer.defer()) {
			outer.produce(new Order("outer"));
			inner.produce(new Order("inner"));
			inner.commit();
		}
		assertThat(this.fixture.published()).containsExactly("inner");
	}

	@Test
	void leavesTheProducerAlone() {
		try (DeferredPublisher publisher = this.producer.defer()) {
			publisher.produce(new Order("deferred"));
			this.producer.produce(new Order("direct"));
		}
		assertThat(this.fixture.published()).containsExactly("direct");
	}

	@Test
	void takesMessagesOfManyThreads() {
		this.producer.deferred(
				(publisher) -> CompletableFuture
					.allOf(IntStream.range(0, 200)
						.mapToObj((i) -> CompletableFuture.runAsync(() -> publisher.produce(new Order("sku-" + i))))
						.toArray(CompletableFuture[]::new))
					.join());
		assertThat(this.fixture.published()).hasSize(200).doesNotHaveDuplicates();
	}

	@Test
	void discardsWithoutALook() {
		this.fixture.producer(this.fixture.destination(), ProducerMode.DISCARD)
			.deferred((publisher) -> publisher.produce("nonsense"));
		assertThat(this.fixture.destination().messages()).isEqualTo(List.of());
	}

}
