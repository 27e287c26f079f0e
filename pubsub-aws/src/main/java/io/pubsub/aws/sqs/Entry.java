package io.pubsub.aws.sqs;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A delete or a change of visibility of one message that is to be carried out.
 *
 * @param receipt the message
 * @param visibilitySeconds the seconds until the message is visible again; means nothing
 * to a delete
 * @param retries the number of times that it was sent in vain
 * @param since the time at which it began to linger
 * @param wanted whether it is to be sent again if it fails
 * @param onEnd told, once, whether it was carried out in time
 */
record Entry(Receipt receipt, int visibilitySeconds, int retries, long since, BooleanSupplier wanted,
		Consumer<Boolean> onEnd) {

	Entry(Receipt receipt, int visibilitySeconds, Consumer<Boolean> onEnd) {
		this(receipt, visibilitySeconds, () -> true, onEnd);
	}

	Entry(Receipt receipt, int visibilitySeconds, BooleanSupplier wanted, Consumer<Boolean> onEnd) {
		this(receipt, visibilitySeconds, 0, 0, wanted, onEnd);
	}

	Entry lingeringSince(long now) {
		return new Entry(this.receipt, this.visibilitySeconds, this.retries, now, this.wanted, this.onEnd);
	}

	Entry again() {
		return new Entry(this.receipt, this.visibilitySeconds, this.retries + 1, this.since, this.wanted, this.onEnd);
	}

	/**
	 * Makes one of two entries of the same message: that of the newer receipt, in the
	 * older one's place.
	 * @param other the other entry
	 * @return the entry for both
	 */
	Entry merge(Entry other) {
		Entry newer = (other.receipt.receivedAt() - this.receipt.receivedAt() >= 0) ? other : this;
		return new Entry(newer.receipt, newer.visibilitySeconds, Math.min(this.retries, other.retries), this.since,
				newer.wanted, this.onEnd.andThen(other.onEnd));
	}

}
