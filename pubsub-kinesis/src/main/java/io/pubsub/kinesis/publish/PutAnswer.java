package io.pubsub.kinesis.publish;

import io.pubsub.transport.PublishResult;

/**
 * What Kinesis says of one record of a call.
 *
 * @param result the result for its message
 * @param refusedForNow whether it helps to send a record again that did not arrive
 */
record PutAnswer(PublishResult result, boolean refusedForNow) {

	static PutAnswer arrived(String id) {
		return new PutAnswer(PublishResult.published(id), false);
	}

	static PutAnswer failed(Exception failure) {
		return new PutAnswer(PublishResult.failed(failure), false);
	}

	static PutAnswer refusedForNow(Exception failure) {
		return new PutAnswer(PublishResult.failed(failure), true);
	}

}
