package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.pubsub.Outcome;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.ClaimLostException;
import io.pubsub.idempotency.Expiry;
import io.pubsub.idempotency.IdempotencyStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The promises that every {@link IdempotencyStore} keeps. The test of a store extends
 * this class.
 *
 * @since 0.1.0
 */
public abstract class IdempotencyStoreContract {

	/**
	 * How long what the store knows has to count.
	 */
	protected static final Expiry EXPIRY = new Expiry(Duration.ofMinutes(5), Duration.ofDays(4));

	private static final int RIVALS = 8;

	/**
	 * The store, which goes by {@link #EXPIRY}.
	 * @return the same one until the end of the test, empty at its beginning
	 */
	protected abstract IdempotencyStore store();

	/**
	 * Lets time pass for the store.
	 * @param duration the time that passes
	 */
	protected abstract void passTime(Duration duration);

	@Test
	void grantsTheFirstClaim() {
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void saysHowLongAClaimLastsThatIsInProgress() {
		store().claim("a");
		passTime(Duration.ofMinutes(2));
		assertThat(store().claim("a")).isEqualTo(Claim.inProgress("a", Duration.ofMinutes(3)));
	}

	@Test
	void keepsKeysApart() {
		store().claim("a");
		assertThat(store().claim("A").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void remembersWhatIsDone() throws Exception {
		complete(store().claim("a"));
		assertThat(store().claim("a")).isEqualTo(Claim.done("a"));
	}

	@Test
	void remembersWhatIsDoneUntilTheRetentionIsOver() throws Exception {
		complete(store().claim("a"));
		passTime(EXPIRY.retention().minusSeconds(1));
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.DONE);
		passTime(Duration.ofSeconds(1));
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void grantsAgainWhatWasReleased() {
		store().release(store().claim("a"));
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void keepsWhatIsDoneOnRelease() throws Exception {
		Claim claim = store().claim("a");
		complete(claim);
		store().release(claim);
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void passesAClaimOnWhenItsLeaseIsOver() {
		store().claim("a");
		passTime(EXPIRY.lease());
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void letsARenewedClaimLastForAnotherLease() {
		Claim claim = store().claim("a");
		passTime(Duration.ofMinutes(4));
		store().renew(claim);
		passTime(Duration.ofMinutes(4));
		assertThat(store().claim("a")).isEqualTo(Claim.inProgress("a", Duration.ofMinutes(1)));
	}

	@Test
	void renewsLateIfNobodyElseHasTheClaim() {
		Claim late = store().claim("a");
		passTime(EXPIRY.lease().multipliedBy(3));
		store().renew(late);
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.IN_PROGRESS);
	}

	@Test
	void completesARenewedClaim() throws Exception {
		Claim claim = store().claim("a");
		store().renew(claim);
		complete(claim);
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void refusesToRenewAClaimThatSomebodyElseHas() {
		Claim late = store().claim("a");
		passTime(EXPIRY.lease());
		store().claim("a");
		assertThatExceptionOfType(ClaimLostException.class).isThrownBy(() -> store().renew(late));
	}

	@Test
	void keepsWhatIsDoneOnRenewal() throws Exception {
		Claim claim = store().claim("a");
		complete(claim);
		assertThatExceptionOfType(ClaimLostException.class).isThrownBy(() -> store().renew(claim));
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void settlesAClaimByTheOutcomeOfItsMessage() throws Exception {
		store().settle(store().claim("a"), Outcome.succeeded());
		store().settle(store().claim("b"), Outcome.retry(null, "again"));
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.DONE);
		assertThat(store().claim("b").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void completesLateIfNobodyElseHasTheClaim() throws Exception {
		Claim late = store().claim("a");
		passTime(EXPIRY.lease().multipliedBy(3));
		complete(late);
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void refusesToCompleteAClaimThatSomebodyElseHas() {
		Claim late = store().claim("a");
		passTime(EXPIRY.lease());
		Claim next = store().claim("a");
		assertThatExceptionOfType(ClaimLostException.class).isThrownBy(() -> complete(late))
			.withMessageContaining("'a'")
			.withMessageContaining("let claims last longer than handlers take");
		assertThat(next.state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void refusesToCompleteAClaimThatSomebodyElseHasCompleted() throws Exception {
		Claim late = store().claim("a");
		passTime(EXPIRY.lease());
		complete(store().claim("a"));
		assertThatExceptionOfType(ClaimLostException.class).isThrownBy(() -> complete(late));
	}

	@Test
	void leavesTheClaimOfSomebodyElseOnRelease() {
		Claim late = store().claim("a");
		passTime(EXPIRY.lease());
		store().claim("a");
		store().release(late);
		assertThat(store().claim("a").state()).isEqualTo(Claim.State.IN_PROGRESS);
	}

	@Test
	void grantsOneOfManyClaimsAtTheSameTime() {
		CyclicBarrier start = new CyclicBarrier(RIVALS);
		List<Claim.State> states = IntStream.range(0, RIVALS)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> claimTogether(start),
					(task) -> new Thread(task).start()))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
		assertThat(states).containsOnlyOnce(Claim.State.NEW).doesNotContain(Claim.State.DONE);
	}

	@Test
	void passesOnWhatTheWorkThrows() {
		assertThatIllegalStateException().isThrownBy(() -> store().inTransaction(() -> {
			throw new IllegalStateException("broken");
		})).withMessage("broken");
	}

	private Claim.State claimTogether(CyclicBarrier start) {
		try {
			start.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("the threads did not meet", ex);
		}
		return store().claim("a").state();
	}

	private void complete(Claim claim) throws Exception {
		store().inTransaction(() -> {
			store().complete(claim);
			return Outcome.succeeded();
		});
	}

}
