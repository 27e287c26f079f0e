package io.pubsub.kinesis.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * A {@link KinesisAsyncClient} that remembers what it was asked for, and refuses what a
 * test says.
 */
final class FakeKinesis implements KinesisAsyncClient {

	private final List<PutRecordsRequest> requests = new ArrayList<>();

	private final List<Runnable> held = new ArrayList<>();

	private Function<String, @Nullable String> refusal = (body) -> null;

	private @Nullable RuntimeException failure;

	private boolean holding;

	private boolean silent;

	private int number;

	@Override
	public String serviceName() {
		return "kinesis";
	}

	@Override
	public void close() {
	}

	@Override
	public synchronized CompletableFuture<PutRecordsResponse> putRecords(PutRecordsRequest request) {
		this.requests.add(request);
		if (this.failure != null) {
			return CompletableFuture.failedFuture(this.failure);
		}
		PutRecordsResponse response = PutRecordsResponse.builder()
			.records(this.silent ? List.of() : request.records().stream().map(this::answer).toList())
			.build();
		CompletableFuture<PutRecordsResponse> future = new CompletableFuture<>();
		if (this.holding) {
			this.held.add(() -> future.complete(response));
		}
		else {
			future.complete(response);
		}
		return future;
	}

	private PutRecordsResultEntry answer(PutRecordsRequestEntry entry) {
		String code = this.refusal.apply(entry.data().asUtf8String());
		return (code != null) ? PutRecordsResultEntry.builder().errorCode(code).errorMessage("slow down").build()
				: PutRecordsResultEntry.builder()
					.shardId("shardId-000000000000")
					.sequenceNumber(Integer.toString(++this.number))
					.build();
	}

	/**
	 * Refuses records.
	 * @param refusal the error code by the body of a record; {@code null} for none
	 */
	synchronized void refuse(Function<String, @Nullable String> refusal) {
		this.refusal = refusal;
	}

	synchronized void fail(RuntimeException failure) {
		this.failure = failure;
	}

	synchronized void answerNothing() {
		this.silent = true;
	}

	/**
	 * Keeps the answers from now on, until the test lets them go.
	 */
	synchronized void hold() {
		this.holding = true;
	}

	void letGo() {
		List<Runnable> answers;
		synchronized (this) {
			answers = List.copyOf(this.held);
			this.held.clear();
		}
		answers.forEach(Runnable::run);
	}

	synchronized List<PutRecordsRequest> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * The bodies of each request.
	 */
	synchronized List<List<String>> bodies() {
		return this.requests.stream()
			.map((request) -> request.records().stream().map((entry) -> entry.data().asUtf8String()).toList())
			.toList();
	}

}
