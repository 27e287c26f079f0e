package io.pubsub.aws.sqs;

import org.jspecify.annotations.Nullable;

/**
 * Learns how the requests of a {@link SettlementQueue} fare.
 */
interface SettlementListener {

	/**
	 * A request came back.
	 * @param retried how many of its entries are sent again
	 * @param failure why the whole request failed, if it did
	 */
	void answered(int retried, @Nullable Throwable failure);

	/**
	 * There are fewer pending settlements than before.
	 */
	void progressed();

}
