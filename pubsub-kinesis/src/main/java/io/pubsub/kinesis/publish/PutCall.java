package io.pubsub.kinesis.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.batch.CallTimer;
import io.pubsub.aws.batch.Unconfirmed;
import io.pubsub.internal.LogText;
import io.pubsub.kinesis.stream.StreamAddress;
import io.pubsub.kinesis.stream.StreamException;
import io.pubsub.kinesis.stream.StreamFailures;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * The call of Kinesis that puts records into a stream.
 */
final class PutCall {

	private static final Set<String> FOR_NOW = Set.of("ProvisionedThroughputExceededException", "InternalFailure",
			"KMSThrottlingException");

	private final KinesisAsyncClient client;

	private final StreamAddress stream;

	private final CallTimer timer;

	private final Duration timeout;

	PutCall(KinesisAsyncClient client, StreamAddress stream, CallTimer timer, Duration timeout) {
		this.client = client;
		this.stream = stream;
		this.timer = timer;
		this.timeout = timeout;
	}

	/**
	 * Puts records.
	 * @param records the records
	 * @return an answer for each record, in their order; never fails
	 */
	CompletableFuture<List<PutAnswer>> put(List<OutgoingRecord> records) {
		PutRecordsRequest request = PutRecordsRequest.builder()
			.streamName((this.stream.arn() != null) ? null : this.stream.name())
			.streamARN(this.stream.arn())
			.records(records.stream().map(OutgoingRecord::entry).toList())
			.build();
		return send(request).thenApply((response) -> answers(records.size(), response))
			.exceptionallyAsync((failure) -> Collections.nCopies(records.size(), failed(failure)));
	}

	private CompletableFuture<PutRecordsResponse> send(PutRecordsRequest request) {
		try {
			return this.timer.limit(this.client.putRecords(request));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private PutAnswer failed(Throwable failure) {
		RuntimeException named = StreamFailures.of(this.stream.toString(), "PutRecords", this.timeout, failure);
		return StreamFailures.isThrottling(failure) ? PutAnswer.refusedForNow(named) : PutAnswer.failed(named);
	}

	// Kinesis answers in the order of the request.
	private List<PutAnswer> answers(int count, PutRecordsResponse response) {
		if (response.records().size() != count) {
			return Collections.nCopies(count, PutAnswer.failed(unconfirmed(response)));
		}
		List<PutAnswer> answers = new ArrayList<>(count);
		response.records().forEach((entry) -> answers.add(answer(entry, response)));
		return answers;
	}

	private PutAnswer answer(PutRecordsResultEntry entry, PutRecordsResponse response) {
		String code = entry.errorCode();
		if (code != null) {
			StreamException refused = new StreamException(this.stream.toString(),
					"Kinesis refused a record for stream %s: %s, %s".formatted(this.stream, LogText.of(code),
							LogText.of(entry.errorMessage())),
					null);
			return FOR_NOW.contains(code) ? PutAnswer.refusedForNow(refused) : PutAnswer.failed(refused);
		}
		String number = entry.sequenceNumber();
		return (number != null && !number.isEmpty()) ? PutAnswer.arrived(entry.shardId() + ":" + number)
				: PutAnswer.failed(unconfirmed(response));
	}

	private StreamException unconfirmed(PutRecordsResponse response) {
		return new StreamException(this.stream.toString(), Unconfirmed.text("Kinesis", this.stream.toString(),
				"SequenceNumber for each record", response.sdkHttpResponse()), null);
	}

}
