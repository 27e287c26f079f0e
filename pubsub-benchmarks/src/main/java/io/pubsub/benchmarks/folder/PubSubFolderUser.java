package io.pubsub.benchmarks.folder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.pubsub.MediaType;
import io.pubsub.benchmarks.scenario.Order;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.folder.FolderContent;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderQueue;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Receiver;

/**
 * This library, without Spring.
 */
final class PubSubFolderUser implements FolderUser {

	private static final MediaType MEDIA_TYPE = new MediaType(Order.MEDIA_TYPE);

	private final FolderDestination destination = new FolderDestination(Timekeeper.shared());

	private final int concurrency;

	PubSubFolderUser(int concurrency) {
		this.concurrency = concurrency;
	}

	@Override
	public void put(Path folder, List<String> bodies) {
		List<OutboundMessage> messages = bodies.stream()
			.map((body) -> new OutboundMessage(FolderDestination.SCHEME + folder, MEDIA_TYPE, body, Map.of()))
			.toList();
		boolean all = this.destination.publish(messages).join().stream().allMatch(PublishResult::isPublished);
		if (!all) {
			throw new IllegalStateException("not all messages were published to " + folder);
		}
	}

	@Override
	public void workOff(Path folder, Consumer<String> handler) {
		ThreadPoolReceiver receiver = new ThreadPoolReceiver((delivery) -> {
			if (delivery.begin()) {
				handler.accept(delivery.message().body());
				delivery.ack();
			}
		}, this.concurrency, Thread::new);
		try (FolderQueue queue = FolderQueue.builder(folder)
			.content(FolderContent.MESSAGE)
			.settle(Duration.ZERO)
			.endWhenEmpty()
			.build()) {
			receiver.open(Receiver.Host.NONE);
			queue.source().start(receiver).exhausted().toCompletableFuture().join();
			receiver.close(Duration.ZERO);
		}
	}

}
