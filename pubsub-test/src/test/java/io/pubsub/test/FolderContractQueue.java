package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.MediaType;
import io.pubsub.folder.FolderContent;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderQueue;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder of messages, for the contracts: each source is a consumer of its own.
 */
final class FolderContractQueue implements QueueUnderTest, BeforeEachCallback, AfterEachCallback {

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.example.pubsub._.created.order");

	private final List<FolderQueue> queues = new CopyOnWriteArrayList<>();

	final TestClock clock = new TestClock();

	final FolderDestination destination = new FolderDestination(this.clock.timekeeper());

	private Path folder = Path.of("missing");

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		this.folder = Files.createTempDirectory("pubsub-folder");
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		this.queues.forEach(FolderQueue::close);
		FolderFixture.delete(this.folder);
	}

	String address() {
		return FolderDestination.SCHEME + this.folder;
	}

	@Override
	public Source source(int limit, BackoffPolicy backoff) {
		FolderQueue queue = FolderQueue.builder(this.folder)
			.content(FolderContent.MESSAGE)
			.lease(visibilityTimeout())
			.backoff(backoff)
			.maxAttempts(100)
			.timekeeper(this.clock.timekeeper())
			.build();
		this.queues.add(queue);
		return queue.source(limit);
	}

	@Override
	public void send(String body, Map<String, String> attributes) {
		this.destination.publish(List.of(new OutboundMessage(address(), MEDIA_TYPE, body, attributes))).join();
	}

	// What has happened just before is looked at by another thread.
	@Override
	public void passTime(Duration duration) {
		settleDown();
		this.clock.advance(duration);
		settleDown();
	}

	private static void settleDown() {
		Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
	}

}
