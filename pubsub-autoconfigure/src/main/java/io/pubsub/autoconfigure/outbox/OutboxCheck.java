package io.pubsub.autoconfigure.outbox;

import java.util.function.Consumer;

import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.aws.batch.EntryRules;
import io.pubsub.aws.batch.MessageTooLargeException;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.OutboundMessage;

/**
 * Refuses where it is produced what SNS or SQS would refuse later.
 *
 * @param rules the rules of the destination
 * @param storesLarge whether the content of messages that are too large goes to S3
 */
record OutboxCheck(AddressRules rules, boolean storesLarge) implements Consumer<OutboundMessage> {

	@Override
	public void accept(OutboundMessage message) {
		if (!(this.rules instanceof EntryRules entries) || isElsewhere(message.address())) {
			return;
		}
		Exception fault = entries.faultOf(message);
		if (fault != null && !(this.storesLarge && fault instanceof MessageTooLargeException)) {
			throw (fault instanceof RuntimeException refused) ? refused : new IllegalArgumentException(fault);
		}
	}

	private static boolean isElsewhere(String address) {
		return InputAddress.isStream(address) || InputAddress.isFolder(address) || InputAddress.isTable(address);
	}

}
