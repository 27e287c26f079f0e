package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.pubsub.aws.sqs.Demand.Ask;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the accounts of {@link Demand} after any sequence of events.
 */
class DemandPropertyTests {

	@Property
	void neverHasMoreInFlightAndAskedForThanSlots(@ForAll @IntRange(min = 1, max = 40) int concurrency,
			@ForAll @IntRange(max = 100) int maxPrefetch, @ForAll @Size(max = 200) List<Event> events) {
		Accounts accounts = new Accounts(concurrency, maxPrefetch);
		events.forEach((event) -> {
			accounts.happen(event);
			assertThat(accounts.demand.inFlight()).isEqualTo(accounts.held()).isNotNegative();
			assertThat(accounts.held() + accounts.reserved()).isLessThanOrEqualTo(concurrency + maxPrefetch);
		});
	}

	@Property
	void asksForNoMoreThanTheLimitLeaves(@ForAll @IntRange(min = 1, max = 40) int concurrency,
			@ForAll @IntRange(max = 100) int maxPrefetch, @ForAll @IntRange(max = 50) int limit,
			@ForAll @Size(max = 200) List<Event> events) {
		Accounts accounts = new Accounts(concurrency, maxPrefetch);
		events.subList(0, events.size() / 2).forEach(accounts::happen);
		accounts.demand.limit(limit);
		int most = Math.max(limit, accounts.held() + accounts.reserved());
		events.subList(events.size() / 2, events.size()).forEach((event) -> {
			accounts.happen(event);
			assertThat(accounts.held() + accounts.reserved()).isLessThanOrEqualTo(most);
		});
	}

	@Property
	void getsAllSlotsBack(@ForAll @IntRange(min = 1, max = 40) int concurrency,
			@ForAll @IntRange(max = 100) int maxPrefetch, @ForAll @Size(max = 200) List<Event> events) {
		Accounts accounts = new Accounts(concurrency, maxPrefetch);
		events.forEach(accounts::happen);
		accounts.end();
		assertThat(accounts.demand.inFlight()).isZero();
		accounts.fill();
		assertThat(accounts.demand.inFlight()).isBetween(concurrency, concurrency + maxPrefetch);
	}

	@Property
	void neverLeavesAFreeHandlerWithoutAReceive(@ForAll @IntRange(min = 1, max = 40) int concurrency,
			@ForAll @IntRange(max = 100) int maxPrefetch, @ForAll @IntRange(max = 50) int limit,
			@ForAll @Size(max = 200) List<Event> events) {
		Accounts accounts = new Accounts(concurrency, maxPrefetch);
		accounts.demand.limit(limit);
		events.forEach((event) -> {
			accounts.happen(event);
			int most = Math.min(concurrency + maxPrefetch, limit) - accounts.parked;
			if (accounts.asks.isEmpty() && accounts.inFlight < Math.min(concurrency, most)) {
				assertThat(accounts.ask()).isNotNull();
			}
		});
	}

	/**
	 * The events in the life of a demand.
	 */
	enum Event {

		ASKED, FULL_ANSWER, SMALL_ANSWER, EMPTY_ANSWER, FAILURE, TAKEN_BACK, HANDLED_FAST, HANDLED_SLOWLY, HANDED_BACK,
		PARKED, UNPARKED,

		PARKED_TAKEN_BACK

	}

	/**
	 * A demand, and beside it the accounts as they must be.
	 */
	private static final class Accounts {

		private final Deque<Ask> asks = new ArrayDeque<>();

		private final Demand demand;

		private int inFlight;

		private int parked;

		Accounts(int concurrency, int maxPrefetch) {
			this.demand = new Demand(concurrency, maxPrefetch, Long.MAX_VALUE);
		}

		void happen(Event event) {
			switch (event) {
				case ASKED -> ask();
				case FULL_ANSWER -> answered(SqsLimits.BATCH, Duration.ofMillis(5));
				case SMALL_ANSWER -> answered(1, Duration.ofMillis(100));
				case EMPTY_ANSWER -> answered(0, Duration.ofSeconds(20));
				case FAILURE -> failed();
				case TAKEN_BACK -> released(null);
				case HANDLED_FAST -> released(Duration.ofNanos(1));
				case HANDLED_SLOWLY -> released(Duration.ofSeconds(5));
				case HANDED_BACK -> handedBack();
				case PARKED -> parked();
				case UNPARKED -> unparked();
				case PARKED_TAKEN_BACK -> releasedParked();
			}
		}

		@Nullable Ask ask() {
			Ask ask = this.demand.next();
			if (ask != null) {
				this.asks.add(ask);
			}
			return ask;
		}

		int held() {
			return this.inFlight + this.parked;
		}

		int reserved() {
			return this.asks.stream().mapToInt(Ask::limit).sum();
		}

		void end() {
			while (!this.asks.isEmpty()) {
				failed();
			}
			while (this.inFlight > 0) {
				released(null);
			}
			while (this.parked > 0) {
				releasedParked();
			}
		}

		void fill() {
			while (ask() != null) {
				answered(SqsLimits.BATCH, Duration.ofMillis(5));
			}
		}

		private void parked() {
			if (this.inFlight > 0) {
				this.inFlight--;
				this.parked++;
				this.demand.parked();
			}
		}

		private void unparked() {
			if (this.parked > 0) {
				this.parked--;
				this.inFlight++;
				this.demand.unparked();
			}
		}

		private void releasedParked() {
			if (this.parked > 0) {
				this.parked--;
				this.demand.unparked();
				this.demand.released();
			}
		}

		private void answered(int messages, Duration time) {
			Ask ask = this.asks.poll();
			if (ask != null) {
				int brought = Math.min(messages, ask.limit());
				this.inFlight += brought;
				this.demand.answered(ask, brought, brought, time.toNanos());
			}
		}

		private void failed() {
			Ask ask = this.asks.poll();
			if (ask != null) {
				this.demand.failed(ask);
			}
		}

		private void handedBack() {
			if (this.inFlight > 0) {
				this.inFlight--;
				this.demand.handedBack(Duration.ofSeconds(1).toNanos());
			}
		}

		private void released(@Nullable Duration handling) {
			if (this.inFlight == 0) {
				return;
			}
			this.inFlight--;
			if (handling != null) {
				this.demand.released(handling.toNanos());
			}
			else {
				this.demand.released();
			}
		}

	}

}
