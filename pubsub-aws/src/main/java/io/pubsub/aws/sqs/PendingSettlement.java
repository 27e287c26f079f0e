package io.pubsub.aws.sqs;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A delete or a change of visibility that is to be carried out.
 *
 * @param receipt the message
 * @param visibilitySeconds the seconds until the message is visible again; means nothing
 * to a delete
 * @param retries the number of times that it was sent in vain
 * @param since the time at which it began to wait for others to share its request
 * @param wanted whether it is to be sent again if it fails
 * @param outcome told whether it was carried out in time
 */
record PendingSettlement(Receipt receipt, int visibilitySeconds, int retries, long since, BooleanSupplier wanted,
		Consumer<Boolean> outcome) {

	PendingSettlement(Receipt receipt, int visibilitySeconds, Consumer<Boolean> outcome) {
		this(receipt, visibilitySeconds, () -> true, outcome);
	}

	PendingSettlement(Receipt receipt, int visibilitySeconds, BooleanSupplier wanted, Consumer<Boolean> outcome) {
		this(receipt, visibilitySeconds, 0, 0, wanted, outcome);
	}

	PendingSettlement waitingSince(long now) {
		return new PendingSettlement(this.receipt, this.visibilitySeconds, this.retries, now, this.wanted,
				this.outcome);
	}

	PendingSettlement again() {
		return new PendingSettlement(this.receipt, this.visibilitySeconds, this.retries + 1, this.since, this.wanted,
				this.outcome);
	}

	/**
	 * Makes one of two settlements of the same message: that of the newer receipt, in the
	 * older one's place.
	 * @param other the other settlement
	 * @return the settlement for both
	 */
	PendingSettlement merge(PendingSettlement other) {
		PendingSettlement newer = (other.receipt.receivedAt() - this.receipt.receivedAt() >= 0) ? other : this;
		return new PendingSettlement(newer.receipt, newer.visibilitySeconds, Math.min(this.retries, other.retries),
				this.since, newer.wanted, this.outcome.andThen(other.outcome));
	}

}
