package io.pubsub.publish;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.pubsub.publish.ProducerFixture.Order;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PublishScopes} and {@link PublishScope}.
 */
class PublishScopesTests {

	private final ProducerFixture fixture = new ProducerFixture();

	private final OneTransaction transaction = new OneTransaction();

	private final PublishScopes scopes = new PublishScopes(this.transaction);

	private final SnsProducer producer = this.fixture.producer(this.scopes);

	@Test
	void defersWhatTheThreadProducesUntilTheCommit() {
		try (PublishScope scope = this.scopes.open()) {
			assertThat(this.producer.produce(new Order("a"))).startsWith("local-");
			assertThat(this.producer.produceAsync(new Order("b"))).isCompleted();
			assertThat(this.producer.produceAll(List.of(new Order("c"))).results())
				.allMatch(PublishResult::isPublished);
			assertThat(this.fixture.published()).isEmpty();
			scope.commit();
		}
		assertThat(this.fixture.published()).containsExactly("a", "b", "c");
	}

	@Test
	void publishesNothingWithoutCommit() {
		try (PublishScope scope = this.scopes.open()) {
			this.producer.produce(new Order("a"));
			assertThat(scope.pending().size()).isEqualTo(1);
		}
		assertThat(this.fixture.published()).isEmpty();
	}

	@Test
	void publishesAtOnceAgainAfterwards() {
		this.scopes.open().close();
		this.producer.produce(new Order("a"));
		assertThat(this.fixture.published()).containsExactly("a");
	}

	@Test
	void isCommittedOnce() {
		PublishScope scope = this.scopes.open();
		scope.commit();
		assertThatIllegalStateException().isThrownBy(scope::commit);
	}

	@Test
	void saysWhatCouldNotBePublished() {
		this.fixture.destination().breakAddress(ProducerFixture.ORDERS);
		try (PublishScope scope = this.scopes.open()) {
			this.producer.produce(new Order("a"));
			assertThatExceptionOfType(PublishException.class).isThrownBy(scope::commit);
		}
	}

	@Test
	void handsOverToTheScopeAround() {
		try (PublishScope outer = this.scopes.open()) {
			this.producer.produce(new Order("a"));
			try (PublishScope inner = this.scopes.open()) {
				this.producer.produce(new Order("b"));
				inner.commit();
			}
			this.producer.deferred((publisher) -> publisher.produce(new Order("c")));
			assertThat(this.fixture.published()).isEmpty();
			outer.commit();
		}
		assertThat(this.fixture.published()).containsExactly("a", "b", "c");
	}

	@Test
	void dropsOnlyWhatTheFailedScopeInsideProduced() {
		try (PublishScope outer = this.scopes.open()) {
			this.producer.produce(new Order("a"));
			try (PublishScope inner = this.scopes.open()) {
				this.producer.produce(new Order("b"));
			}
			outer.commit();
		}
		assertThat(this.fixture.published()).containsExactly("a");
	}

	@Test
	void keepsThreadsApart() {
		CyclicBarrier allInside = new CyclicBarrier(8);
		List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
			.mapToObj(
					(i) -> CompletableFuture.runAsync(() -> deferOn(allInside, i), (task) -> new Thread(task).start()))
			.toList();
		CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
		assertThat(this.fixture.published()).containsExactlyInAnyOrder("sku-0", "sku-2", "sku-4", "sku-6");
	}

	private void deferOn(CyclicBarrier allInside, int number) {
		try (PublishScope scope = this.scopes.open()) {
			this.producer.produce(new Order("sku-" + number));
			allInside.await(10, TimeUnit.SECONDS);
			if (number % 2 == 0) {
				scope.commit();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void defersUntilTheTransactionIsOver() {
		this.transaction.begin();
		this.producer.produce(new Order("a"));
		this.producer.deferred((publisher) -> publisher.produce(new Order("b")));
		assertThat(this.fixture.published()).isEmpty();
		this.transaction.commit();
		assertThat(this.fixture.published()).containsExactly("a", "b");
	}

	@Test
	void heedsBothTheTransactionAroundAndTheScope() {
		this.transaction.begin();
		try (PublishScope scope = this.scopes.open()) {
			this.producer.produce(new Order("a"));
			scope.commit();
		}
		try (PublishScope failed = this.scopes.open()) {
			this.producer.produce(new Order("b"));
		}
		assertThat(this.fixture.published()).isEmpty();
		this.transaction.commit();
		assertThat(this.fixture.published()).containsExactly("a");
	}

	@Test
	void heedsBothTheTransactionInsideAndTheScope() {
		try (PublishScope scope = this.scopes.open()) {
			this.transaction.begin();
			this.producer.produce(new Order("a"));
			this.transaction.commit();
			this.transaction.begin();
			this.producer.produce(new Order("b"));
			this.transaction.rollback();
			assertThat(this.fixture.published()).isEmpty();
			scope.commit();
		}
		assertThat(this.fixture.published()).containsExactly("a");
	}

	/**
	 * At most one transaction at a time.
	 */
	private static final class OneTransaction implements PublishTransactions {

		private @Nullable PendingMessages pending;

		private boolean active;

		void begin() {
			this.active = true;
		}

		void commit() {
			PendingMessages committed = this.pending;
			rollback();
			if (committed != null) {
				committed.release();
			}
		}

		void rollback() {
			this.active = false;
			this.pending = null;
		}

		@Override
		public @Nullable PendingMessages current(Supplier<PendingMessages> newMessages) {
			if (this.active && this.pending == null) {
				this.pending = newMessages.get();
			}
			return this.pending;
		}

	}

}
