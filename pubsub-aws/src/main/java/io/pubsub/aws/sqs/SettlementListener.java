package io.pubsub.aws.sqs;

import org.jspecify.annotations.Nullable;

/**
 * Learns how the requests of a {@link SettlementQueue} fare.
 */
interface SettlementListener {

	/**
	 * A request came back.
	 * @param retried the number of its entries that are sent again
	 * @param failure the failure of the whole request, if it failed
	 */
	void answered(int retried, @Nullable Throwable failure);

	/**
	 * There are fewer pending settlements than before.
	 */
	void progressed();

}
