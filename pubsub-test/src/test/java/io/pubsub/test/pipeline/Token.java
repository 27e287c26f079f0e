package io.pubsub.test.pipeline;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One delivery of a message, as a test sees what is done for it: an account that is kept
 * by the functions of the pipeline, apart from its own.
 */
final class Token {

	private final Ledger ledger;

	private final String messageId;

	private final int attempt;

	private int open;

	private int running;

	private int again;

	private int dead;

	private boolean plain;

	private boolean maybePlain;

	private @Nullable Duration requested;

	private boolean begun;

	private int settlements;

	private volatile boolean lost;

	Token(Ledger ledger, String messageId, int attempt) {
		this.ledger = ledger;
		this.messageId = messageId;
		this.attempt = attempt;
	}

	int attempt() {
		return this.attempt;
	}

	boolean isLastAttempt() {
		return this.attempt >= Ledger.MAX_ATTEMPTS;
	}

	synchronized void begin() {
		this.begun = true;
	}

	synchronized boolean isUnderWay() {
		return this.begun && this.settlements == 0;
	}

	void lose() {
		this.lost = true;
	}

	boolean isLost() {
		return this.lost;
	}

	synchronized void open(int leaves) {
		expect(this.settlements == 0 || this.lost, "more was derived after its end");
		this.open += leaves;
	}

	synchronized void end(int leaves) {
		this.open -= leaves;
	}

	synchronized void enter() {
		expect(this.settlements == 0 || this.lost, "a function was called after its end");
		this.running++;
	}

	synchronized void leave() {
		this.running--;
	}

	synchronized void nacked(@Nullable Duration delay) {
		this.again++;
		if (delay == null) {
			this.plain = true;
		}
		else if (this.requested == null || delay.compareTo(this.requested) > 0) {
			this.requested = delay;
		}
	}

	synchronized void failed() {
		if (isLastAttempt()) {
			this.dead++;
		}
		else {
			this.again++;
			this.plain = true;
		}
	}

	synchronized void mayFail() {
		this.maybePlain = true;
	}

	synchronized void rejected() {
		this.dead++;
	}

	synchronized void acknowledged() {
		settled();
		if (!this.lost) {
			expect(this.again == 0 && this.dead == 0, "acknowledged although something failed");
			expect(this.open == 0, "acknowledged with open leaves");
		}
	}

	synchronized void deadLettered() {
		settled();
		if (!this.lost) {
			boolean usedUp = isLastAttempt() && this.again > 0;
			expect(this.dead > 0 || usedUp, "dead although nothing was");
			expect(this.again == 0 || usedUp, "dead although it was to come again");
			expect(this.open == 0 || usedUp, "dead with open leaves");
		}
	}

	synchronized void handedBack(@Nullable Duration delay) {
		settled();
		if (!this.lost) {
			expect(this.again > 0 || this.maybePlain, "handed back although nothing failed");
			expectDelay(delay);
		}
	}

	private void expectDelay(@Nullable Duration delay) {
		Duration requested = this.requested;
		if (requested == null) {
			expect(delay == null, "handed back with a delay that nobody asked for: " + delay);
			return;
		}
		Duration policy = Ledger.BACKOFF.delay(this.attempt);
		Duration longest = (policy.compareTo(requested) > 0) ? policy : requested;
		boolean right = (this.plain && longest.equals(delay)) || (!this.plain && requested.equals(delay))
				|| (this.maybePlain && longest.equals(delay));
		expect(right, "handed back with the delay " + delay + " although " + requested + " was asked for");
	}

	synchronized void released() {
		settled();
		expect(this.lost || this.ledger.isStopping(), "released although nothing stops");
	}

	private void settled() {
		this.settlements++;
		expect(this.settlements == 1, "settled more than once");
		expect(this.running == 0, "settled while a function was at work");
	}

	synchronized void expectEnd() {
		expect(!this.begun || this.settlements == 1, "begun but settled " + this.settlements + " times");
	}

	private void expect(boolean condition, String fault) {
		if (!condition) {
			this.ledger.report(this + ": " + fault);
		}
	}

	@Override
	public synchronized String toString() {
		return "%s/%d[open %d, running %d, again %d, dead %d, plain %s, maybe %s, requested %s, lost %s, settled %d]"
			.formatted(this.messageId, this.attempt, this.open, this.running, this.again, this.dead, this.plain,
					this.maybePlain, this.requested, this.lost, this.settlements);
	}

}
