package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.source.UpstreamFailedException;
import io.pubsub.test.DestinationContract;
import io.pubsub.test.HeartbeatContract;
import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.SourceContract;
import io.pubsub.test.SubscriptionContract;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The promises that a {@link JdbcQueue} keeps in every database.
 */
abstract class JdbcQueueContract {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration LEASE = ContractQueue.OPTIONS.lease();

	private @Nullable ContractQueue contractQueue;

	abstract QueueDatabase database();

	ContractQueue contractQueue() {
		if (this.contractQueue == null) {
			this.contractQueue = new ContractQueue(database());
		}
		return this.contractQueue;
	}

	JdbcQueue queue() {
		return contractQueue().queue();
	}

	@Test
	void deliversWhatWasPut() throws Exception {
		String id = queue().put(List.of(new QueueMessage("order-1", Map.of("origin", "Zürich"), "customer-1", null)))
			.get(0);
		Delivery delivery = poll();
		assertThat(delivery.message()).isEqualTo(new InboundMessage(id, "order-1", Map.of("origin", "Zürich"),
				"customer-1", delivery.message().sentAt()));
		assertThat(delivery.attempt()).isOne();
	}

	@Test
	void givesNothingWhenNothingIsThere() throws Exception {
		assertThat(queue().poll(Duration.ZERO)).isNull();
	}

	@Test
	void isDoneWhenAckHasReturned() throws Exception {
		queue().put("order-1");
		poll().ack();
		assertThat(queue().state().outstanding()).isZero();
	}

	@Test
	void takesTheSameBodyTwiceForTwoPiecesOfWork() throws Exception {
		queue().put("order-1");
		queue().put("order-1");
		poll().ack();
		assertThat(queue().state().outstanding()).isOne();
		assertThat(poll().message().body()).isEqualTo("order-1");
	}

	@Test
	void timesARetryFromTheLastAttempt() throws Exception {
		queue().put("order-1");
		contractQueue().passTime(Duration.ofSeconds(30));
		poll().nack(Duration.ofSeconds(5));
		contractQueue().passTime(Duration.ofSeconds(4));
		assertThat(queue().poll(Duration.ZERO)).isNull();
		contractQueue().passTime(Duration.ofSeconds(1));
		assertThat(poll().attempt()).isEqualTo(2);
	}

	@Test
	void worksOnTheOldestOfAGroupOnly() throws Exception {
		put("a1 a", "a2 a", "b1 b", "c1");
		List<Delivery> deliveries = pollAll();
		assertThat(bodies(deliveries)).containsExactlyInAnyOrder("a1", "b1", "c1");
		deliveries.get(0).ack();
		assertThat(bodies(pollAll())).containsExactly("a2");
	}

	@Test
	void keepsAGroupWaitingForARetry() throws Exception {
		put("a1 a", "a2 a");
		poll().nack(Duration.ofSeconds(2));
		assertThat(pollAll()).isEmpty();
		contractQueue().passTime(Duration.ofSeconds(2));
		poll().ack();
		assertThat(poll().message().body()).isEqualTo("a2");
	}

	@Test
	void keepsAGroupInOrderWhenAClaimExpires() throws Exception {
		put("a1 a", "a2 a");
		Delivery late = poll();
		contractQueue().freeze(LEASE);
		Delivery again = poll();
		assertThat(again.message().body()).isEqualTo("a1");
		late.ack();
		assertThat(pollAll()).isEmpty();
		again.ack();
		assertThat(poll().message().body()).isEqualTo("a2");
	}

	@Test
	void findsOtherGroupsBehindALongOne() throws Exception {
		queue().put(
				Stream
					.concat(IntStream.range(0, 1_500).mapToObj((i) -> QueueMessage.inGroup("a" + i, "a")),
							Stream.of(QueueMessage.inGroup("b1", "b"), new QueueMessage("c1")))
					.toList());
		assertThat(bodies(pollAll())).containsExactlyInAnyOrder("a0", "b1", "c1");
	}

	@Test
	void dropsWhatIsRepeatedWithinTheWindow() throws Exception {
		QueueMessage message = new QueueMessage("order-1", Map.of(), null, "order-1");
		List<String> first = queue().put(List.of(message, message));
		poll().ack();
		assertThat(queue().put(List.of(message))).containsExactly(first.get(0)).containsExactly(first.get(1));
		assertThat(pollAll()).isEmpty();
		contractQueue().passTime(ContractQueue.OPTIONS.deduplicationWindow());
		assertThat(queue().put(List.of(message))).doesNotContainAnyElementsOf(first);
		assertThat(bodies(pollAll())).containsExactly("order-1");
	}

	@Test
	void parksWhatKeepsFailing() throws Exception {
		put("a1 a", "a2 a");
		fail(ContractQueue.OPTIONS.maxAttempts());
		assertThat(pollAll()).isEmpty();
		assertThat(queue().parked(10)).singleElement().satisfies((parked) -> {
			assertThat(parked.message().body()).isEqualTo("a1");
			assertThat(parked.attempts()).isEqualTo(10);
			assertThat(parked.reason()).isEqualTo("failed in each of 10 attempts");
		});
	}

	@Test
	void triesAgainWhatIsReleased() throws Exception {
		put("a1 a", "a2 a");
		poll().reject("malformed");
		assertThat(queue().state().parked()).isOne();
		assertThat(queue().release(queue().parked(1).get(0).message().id())).isTrue();
		Delivery delivery = poll();
		assertThat(delivery.message().body()).isEqualTo("a1");
		assertThat(delivery.attempt()).isOne();
		assertThat(queue().releaseAll()).isZero();
	}

	@Test
	void goesOnWithAGroupWhenItsParkedOneIsDiscarded() throws Exception {
		put("a1 a", "a2 a");
		poll().reject("malformed");
		assertThat(pollAll()).isEmpty();
		assertThat(queue().discard(queue().parked(1).get(0).message().id())).isTrue();
		assertThat(poll().message().body()).isEqualTo("a2");
		assertThat(queue().discard("unknown")).isFalse();
	}

	@Test
	void countsAttemptsThatEndWithACrash() throws Exception {
		put("a1");
		for (int attempt = 1; attempt <= ContractQueue.OPTIONS.maxAttempts(); attempt++) {
			assertThat(poll().attempt()).isEqualTo(attempt);
			contractQueue().freeze(LEASE);
		}
		assertThat(pollAll()).isEmpty();
		assertThat(queue().parked(1)).singleElement()
			.extracting(ParkedMessage::reason)
			.isEqualTo("none of 10 attempts came to its end");
	}

	@Test
	void doesNotCountWhatWasNotTried() throws Exception {
		put("a1");
		poll().release(Duration.ZERO);
		assertThat(poll().attempt()).isOne();
	}

	@Test
	void acceptsOnlyTheSettlementOfTheLastClaim() throws Exception {
		put("a1");
		Delivery late = poll();
		assertThat(late.begin()).isTrue();
		contractQueue().freeze(LEASE);
		Delivery again = poll();
		late.ack();
		assertThat(late.isLost()).isTrue();
		assertThat(settlement(late)).isEqualTo(Settlement.LOST);
		again.ack();
		assertThat(settlement(again)).isEqualTo(Settlement.ACKED);
	}

	@Test
	void keepsWhatIsPolledWhileItIsWorkedOn() throws Exception {
		put("a1");
		Delivery delivery = poll();
		assertThat(delivery.begin()).isTrue();
		contractQueue().passTime(LEASE.multipliedBy(3));
		assertThat(pollAll()).isEmpty();
		delivery.ack();
		assertThat(settlement(delivery)).isEqualTo(Settlement.ACKED);
	}

	@Test
	void wakesWhoWaitsInTheSameProcess() {
		CompletableFuture<Delivery> delivery = waiting();
		put("a1");
		assertThat(delivery).succeedsWithin(PATIENCE);
	}

	@Test
	void endsWhenItsInputIsClosedAndNothingIsLeft() throws Exception {
		Subscription subscription = consume();
		put("a1", "a2");
		queue().close();
		assertThat(subscription.exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
		assertThat(queue().state().outstanding()).isZero();
	}

	@Test
	void keepsOthersFromEndingWhileSomethingIsAtWork() throws Exception {
		put("a1");
		Delivery delivery = poll();
		queue().close();
		Subscription subscription = consume();
		contractQueue().passTime(Duration.ofSeconds(1));
		assertThat(subscription.exhausted().toCompletableFuture()).isNotDone();
		delivery.ack();
		contractQueue().passTime(Duration.ofSeconds(1));
		assertThat(subscription.exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
	}

	@Test
	void whenPolledTellsTheEndByGivingNothingAtOnce() throws Exception {
		put("a1");
		queue().close();
		poll().ack();
		assertThat(queue().poll(PATIENCE)).isNull();
	}

	@Test
	void takesNoMessagesWhenItsInputIsClosed() {
		queue().close();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue().put("a1"))
			.withMessageContaining("because its input was closed: reopen it to begin again");
		queue().reopen();
		assertThat(queue().put("a1")).isNotEmpty();
	}

	@Test
	void endsNothingBecauseAnEarlierRunWasClosed() throws Exception {
		queue().close();
		Subscription subscription = consume();
		contractQueue().passTime(Duration.ofSeconds(2));
		assertThat(subscription.exhausted().toCompletableFuture()).isNotDone();
		queue().reopen();
		put("a1");
		queue().close();
		assertThat(subscription.exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
	}

	@Test
	void endsAtOnceWhenAProducerHasFailed() {
		put("a1", "a2");
		queue().fail("the file was cut off");
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> queue().poll(PATIENCE))
			.withMessageEndingWith("has failed: the file was cut off");
		assertThat(consume().exhausted().toCompletableFuture()).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(UpstreamFailedException.class);
		assertThat(queue().state().outstanding()).isEqualTo(2);
		assertThat(queue().state().reason()).isEqualTo("the file was cut off");
	}

	@Test
	void endsEachOfSeveralConsumers() throws Exception {
		put("a1", "a2", "a3");
		Queue<Delivery> atWork = new ConcurrentLinkedQueue<>();
		List<Subscription> consumers = Stream.generate(() -> queue().source(1, BackoffPolicy.DEFAULT))
			.limit(3)
			.map((source) -> source.start(atWork::add))
			.toList();
		Awaitility.await().atMost(PATIENCE).until(() -> atWork.size() == 3);
		queue().close();
		atWork.forEach(Delivery::ack);
		Awaitility.await().atMost(PATIENCE).until(() -> {
			contractQueue().passTime(Duration.ofSeconds(1));
			return consumers.stream().allMatch((consumer) -> consumer.exhausted().toCompletableFuture().isDone());
		});
	}

	@Test
	void failsEachOfSeveralConsumersEvenWhenItWasClosed() {
		List<Subscription> consumers = Stream.generate(() -> queue().source(10, BackoffPolicy.DEFAULT))
			.limit(3)
			.map((source) -> source.start((delivery) -> {
			}))
			.toList();
		put("a1");
		queue().close();
		queue().fail("the file was cut off");
		JdbcQueue other = contractQueue().another();
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> other.poll(PATIENCE));
		other.destroy();
		consumers.forEach((consumer) -> assertThat(consumer.exhausted().toCompletableFuture()).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(UpstreamFailedException.class));
	}

	@Test
	void settlesOnceWhateverIsSaidAfterwards() throws Exception {
		put("a1");
		Delivery delivery = poll();
		delivery.ack();
		delivery.nack(Duration.ZERO);
		assertThat(settlement(delivery)).isEqualTo(Settlement.ACKED);
		assertThat(pollAll()).isEmpty();
	}

	@Test
	void wakesASourceInTheSameProcess() {
		ContractQueue seldom = new ContractQueue(database(),
				new QueueOptions(Duration.ofHours(1), 10, Duration.ZERO, Duration.ofHours(1)));
		Subscription subscription = seldom.queue().source(10, BackoffPolicy.DEFAULT).start(Delivery::ack);
		seldom.queue().put("a1");
		Awaitility.await().atMost(PATIENCE).until(() -> seldom.queue().state().outstanding() == 0);
		assertThat(subscription.exhausted().toCompletableFuture()).isNotDone();
		seldom.queue().destroy();
	}

	@Test
	void goesOnWithWhatIsLeftWhenItIsReopened() throws Exception {
		put("a1");
		queue().fail("expected");
		queue().reopen();
		assertThat(poll().message().body()).isEqualTo("a1");
	}

	@Test
	void tellsWhatIsOutstanding() throws Exception {
		put("a1 a", "a2 a", "b1", "c1");
		poll().ack();
		poll().reject("malformed");
		contractQueue().passTime(Duration.ofSeconds(1));
		assertThat(bodies(queue().outstanding(10))).containsExactly("b1", "c1");
		QueueState state = queue().state();
		assertThat(state.waiting()).isEqualTo(2);
		assertThat(state.parked()).isOne();
		assertThat(Objects.requireNonNull(state.oldest())).isGreaterThan(Duration.ofMillis(900));
	}

	@Test
	void endsAllWorkThatIsDoneAsAWhole() throws Exception {
		put("a1", "a2");
		Delivery delivery = poll();
		assertThat(queue().markAllDone()).isEqualTo(2);
		delivery.ack();
		assertThat(settlement(delivery)).isEqualTo(Settlement.LOST);
		assertThat(queue().state().outstanding()).isZero();
	}

	@Test
	void findsWhatAnEarlierProcessHasLeft() throws Exception {
		put("a", "b", "c");
		poll().ack();
		JdbcQueue next = contractQueue().another();
		assertThat(bodies(next.outstanding(10))).containsExactly("b", "c");
		poll();
		contractQueue().freeze(LEASE);
		assertThat(bodies(pollAll(next))).containsExactlyInAnyOrder("b", "c");
		next.destroy();
	}

	@Test
	void goesOnWithAGroupWhoseOldestWasDeletedByHand() {
		put("a1 a", "a2 a");
		assertThat(bodies(pollAll())).containsExactly("a1");
		queue().store().execute("DELETE FROM pubsub_message WHERE body LIKE 'a1'");
		queue().store().tidy();
		assertThat(bodies(pollAll())).containsExactly("a2");
	}

	@Test
	void sharesTheWorkAmongMany() {
		List<String> bodies = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
		put(bodies.toArray(String[]::new));
		JdbcQueue other = contractQueue().another();
		List<CompletableFuture<List<String>>> workers = Stream.of(queue(), other, queue(), other)
			.map((queue) -> CompletableFuture.supplyAsync(() -> work(queue)))
			.toList();
		assertThat(workers.stream().flatMap((worker) -> worker.orTimeout(60, TimeUnit.SECONDS).join().stream()))
			.containsExactlyInAnyOrderElementsOf(bodies);
		other.destroy();
	}

	private static List<String> work(JdbcQueue queue) {
		List<String> bodies = new ArrayList<>();
		for (Delivery delivery = poll(queue); delivery != null; delivery = poll(queue)) {
			bodies.add(delivery.message().body());
			delivery.ack();
		}
		return bodies;
	}

	private static @Nullable Delivery poll(JdbcQueue queue) {
		try {
			return queue.poll(Duration.ZERO);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Subscription consume() {
		return queue().source(10, BackoffPolicy.fixed(Duration.ZERO)).start(Delivery::ack);
	}

	private CompletableFuture<Delivery> waiting() {
		JdbcQueue queue = queue();
		return CompletableFuture.supplyAsync(() -> {
			try {
				return queue.poll(PATIENCE);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private void fail(int times) throws Exception {
		for (int i = 0; i < times; i++) {
			poll().nack(Duration.ZERO);
		}
	}

	// "a1 a" is a1 in group a.
	void put(String... messages) {
		queue()
			.put(Stream.of(messages).map((message) -> message.split(" ", 2)).map(JdbcQueueContract::message).toList());
	}

	private static QueueMessage message(String[] parts) {
		return (parts.length > 1) ? QueueMessage.inGroup(parts[0], parts[1]) : new QueueMessage(parts[0]);
	}

	Delivery poll() throws Exception {
		return Objects.requireNonNull(queue().poll(Duration.ZERO), "nothing is due");
	}

	List<Delivery> pollAll() {
		return pollAll(queue());
	}

	private static List<Delivery> pollAll(JdbcQueue queue) {
		List<Delivery> deliveries = new ArrayList<>();
		for (Delivery delivery = poll(queue); delivery != null; delivery = poll(queue)) {
			deliveries.add(delivery);
		}
		return deliveries;
	}

	static List<String> bodies(List<?> messages) {
		return messages.stream()
			.map((message) -> (message instanceof Delivery delivery) ? delivery.message() : (InboundMessage) message)
			.map(InboundMessage::body)
			.toList();
	}

	private static Settlement settlement(Delivery delivery) {
		return delivery.settled().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
	}

	/**
	 * Tests for {@link JdbcQueueSource}.
	 */
	@Nested
	class AsSource extends SourceContract {

		@Override
		protected QueueUnderTest queue() {
			return contractQueue();
		}

	}

	/**
	 * Tests for subscriptions of {@link JdbcQueueSource}.
	 */
	@Nested
	class AsSubscription extends SubscriptionContract {

		@Override
		protected QueueUnderTest queue() {
			return contractQueue();
		}

	}

	/**
	 * Tests for how {@link JdbcQueueSource} keeps what is being worked on.
	 */
	@Nested
	class WithHeartbeat extends HeartbeatContract {

		@Override
		protected QueueUnderTest queue() {
			return contractQueue();
		}

	}

	/**
	 * Tests for {@link JdbcQueueDestination}.
	 */
	@Nested
	class AsDestination extends DestinationContract {

		@Override
		protected Destination destination() {
			return new JdbcQueueDestination((address) -> address.equals(address()) ? queue() : null);
		}

		@Override
		protected String address() {
			return "jdbc:orders";
		}

		@Override
		protected String unknownAddress() {
			return "jdbc:unknown";
		}

		@Override
		protected Source arrivals() {
			return queue().source(25, BackoffPolicy.fixed(BackoffPolicy.LONGEST_DELAY));
		}

	}

}
