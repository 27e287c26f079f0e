package io.pubsub.aws.sns;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * An {@link SnsClient} that remembers what it was asked for, and does not answer before
 * it may.
 */
final class FakeSnsClient implements SnsClient {

	private final List<PublishRequest> requests = new CopyOnWriteArrayList<>();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final CountDownLatch answers;

	private @Nullable RuntimeException failure;

	FakeSnsClient() {
		this(new CountDownLatch(0));
	}

	FakeSnsClient(CountDownLatch answers) {
		this.answers = answers;
	}

	@Override
	public String serviceName() {
		return "sns";
	}

	@Override
	public void close() {
	}

	@Override
	public PublishResponse publish(PublishRequest request) {
		this.requests.add(request);
		this.threads.add(Thread.currentThread());
		try {
			this.answers.await();
		}
		catch (InterruptedException ex) {
			throw AbortedException.create("interrupted", ex);
		}
		if (this.failure != null) {
			throw this.failure;
		}
		return PublishResponse.builder().messageId("blocking").build();
	}

	void fail(RuntimeException exception) {
		this.failure = exception;
	}

	Set<Thread> threads() {
		return this.threads;
	}

	List<PublishRequest> requests() {
		return this.requests;
	}

}
