package io.pubsub.aws.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.pubsub.MessageContext;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.internal.LogText;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.internal.FailureStreak;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Removes the content of a large message from S3 when the message is gone from its queue,
 * and for good: what becomes a dead letter, is handed back or is lost keeps its content.
 * <p>
 * Only what {@link LargeMessageDestination} has sent to a queue is removed, which the
 * content itself says. All queues of a topic need the same content, so that it stays. A
 * content that cannot be removed is counted and logged, and changes nothing: the bucket
 * should have a lifecycle rule. Needs the IAM action {@code s3:DeleteObject}. Safe for
 * use by many threads.
 *
 * @since 0.1.0
 */
public final class LargeMessageRemoval implements OutcomeListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LargeMessageRemoval.class);

	// Where the content is; nobody but the envelope may say so.
	private static final String ATTRIBUTE = "pubsub_large_message";

	// As many as S3 removes with one request.
	private static final int BATCH = 1000;

	private static final int MAX_WAITING = 10 * BATCH;

	private static final Duration LAST = Duration.ofSeconds(5);

	private final BlockingQueue<PayloadPointer> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

	private final LongAdder removed = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final FailureStreak failures = new FailureStreak();

	private final AtomicBoolean running = new AtomicBoolean();

	private final AtomicBoolean told = new AtomicBoolean();

	private final S3Client client;

	private volatile @Nullable Thread worker;

	/**
	 * Makes a removal.
	 * @param client the client of S3, which stays the caller's
	 */
	public LargeMessageRemoval(S3Client client) {
		this.client = client;
	}

	/**
	 * Says at a message where its content is, if that may be removed with it.
	 * @param message the message
	 * @param content the content; {@code null} if it has none, or one that must stay
	 * @return the message, which says so whatever was said before
	 */
	static OpenedMessage mark(OpenedMessage message, @Nullable PayloadPointer content) {
		if (content == null && !message.attributes().containsKey(ATTRIBUTE)) {
			return message;
		}
		Map<String, String> attributes = new HashMap<>(message.attributes());
		attributes.remove(ATTRIBUTE);
		if (content != null) {
			attributes.put(ATTRIBUTE, content.bucket() + "/" + content.key());
		}
		return new OpenedMessage(message.mediaType(), message.content(), message.opaqueData(), attributes,
				message.snsMessageId(), message.topicArn());
	}

	@Override
	public void onOutcome(DispatchResult result) {
	}

	@Override
	public void onSettled(DispatchResult result, Settlement settlement) {
		MessageContext context = result.context();
		String content = (context != null) ? context.attributes().get(ATTRIBUTE) : null;
		if (context == null || settlement != Settlement.ACKED || result.deadLetterReason() != null) {
			return;
		}
		if (content == null) {
			tellThatItStays(context);
			return;
		}
		int slash = content.indexOf('/');
		PayloadPointer pointer = new PayloadPointer(content.substring(0, slash), content.substring(slash + 1));
		if (!this.waiting.offer(pointer)) {
			failed(1, "too many others wait to be removed");
		}
		else if (this.running.compareAndSet(false, true)) {
			start();
		}
	}

	private void tellThatItStays(MessageContext context) {
		if (PayloadPointer.ATTRIBUTES.stream().anyMatch(context.attributes()::containsKey)
				&& this.told.compareAndSet(false, true)) {
			logger.info(
					"The content of message {} stays in S3, as nothing says that it was sent to this queue alone:"
							+ " a lifecycle rule has to remove it, and those of others like it",
					LogText.of(context.messageId()));
		}
	}

	// Whoever tells of a settlement must not wait for S3.
	private void start() {
		Thread thread = new Thread(this::removeWaiting, "pubsub-large-messages");
		thread.setDaemon(true);
		this.worker = thread;
		thread.start();
	}

	private void removeWaiting() {
		List<PayloadPointer> next = new ArrayList<>();
		do {
			while (this.waiting.drainTo(next, BATCH) > 0) {
				next.stream().collect(Collectors.groupingBy(PayloadPointer::bucket)).forEach(this::remove);
				next.clear();
			}
			this.running.set(false);
		}
		while (!this.waiting.isEmpty() && this.running.compareAndSet(false, true));
	}

	private void remove(String bucket, List<PayloadPointer> contents) {
		List<ObjectIdentifier> keys = contents.stream()
			.map((content) -> ObjectIdentifier.builder().key(content.key()).build())
			.toList();
		try {
			List<S3Error> errors = this.client
				.deleteObjects((request) -> request.bucket(bucket).delete((delete) -> delete.objects(keys).quiet(true)))
				.errors();
			this.removed.add(contents.size() - errors.size());
			if (errors.isEmpty()) {
				this.failures.ended();
			}
			else {
				failed(errors.size(), errors.get(0).code());
			}
		}
		catch (RuntimeException ex) {
			failed(contents.size(), ex);
		}
	}

	private void failed(int count, Object reason) {
		this.failed.add(count);
		if (this.failures.failed() == 1) {
			logger.warn("Cannot remove the content of {} large messages, which a lifecycle rule has to do: {}", count,
					LogText.of(reason));
		}
	}

	/**
	 * The contents that were removed.
	 * @return the number until now
	 */
	public long removed() {
		return this.removed.sum();
	}

	/**
	 * The contents that could not be removed, so that they stay.
	 * @return the number until now
	 */
	public long failed() {
		return this.failed.sum();
	}

	/**
	 * Removes what waits, in 5 s at most.
	 */
	@Override
	public void close() {
		Thread last = this.worker;
		if (last == null) {
			return;
		}
		try {
			last.join(LAST.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!this.waiting.isEmpty()) {
			failed(this.waiting.size(), "the process stops");
		}
	}

}
