package io.pubsub.aws.sqs;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/**
 * An SQS request that carries out up to ten settlements.
 */
@FunctionalInterface
interface BatchCall {

	/**
	 * Sends the request. The id of an entry is its place in the list.
	 * @param batch the settlements, each of another message
	 * @return the answer of SQS
	 */
	CompletableFuture<Answer> send(List<PendingSettlement> batch);

	/**
	 * What SQS answers: what is told of no entry counts as not carried out, and what is
	 * told of entries that were not sent counts as nothing.
	 *
	 * @param done the places of the entries that were carried out
	 * @param hopeless the places of the entries that never will be
	 */
	record Answer(BitSet done, BitSet hopeless) {

		static Answer of(int size, List<String> doneIds, List<BatchResultErrorEntry> failures) {
			BitSet done = new BitSet();
			BitSet hopeless = new BitSet();
			List<String> failedIds = failures.stream()
				.filter(Answer::isHopeless)
				.map(BatchResultErrorEntry::id)
				.toList();
			for (int place = 0; place < size; place++) {
				done.set(place, doneIds.contains(Integer.toString(place)));
				hopeless.set(place, failedIds.contains(Integer.toString(place)));
			}
			return new Answer(done, hopeless);
		}

		static Answer hopeless(BitSet hopeless) {
			return new Answer(new BitSet(), hopeless);
		}

		/**
		 * The same, but with entries that count as hopeless.
		 * @param entries the places of the entries
		 * @return the answer
		 */
		Answer without(BitSet entries) {
			this.done.andNot(entries);
			this.hopeless.or(entries);
			return this;
		}

		// The code comes with the prefix AWS.SimpleQueueService. from some endpoints.
		private static boolean isHopeless(BatchResultErrorEntry failure) {
			String code = String.valueOf(failure.code());
			return Boolean.TRUE.equals(failure.senderFault()) && (code.endsWith("ReceiptHandleIsInvalid")
					|| code.endsWith("MessageNotInflight") || code.endsWith("InvalidParameterValue"));
		}

	}

}
