package io.pubsub.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.dispatch.Arrival;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.Judgement;
import io.pubsub.dispatch.ReceiverBuilder;
import io.pubsub.dispatch.Recipient;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * A run without steps, whose messages are made by a test.
 */
final class TestRun implements AutoCloseable {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.test.message");

	private final AtomicInteger ids = new AtomicInteger();

	private final AtomicInteger settlements = new AtomicInteger();

	private final TestTimekeeper time = new TestTimekeeper();

	private final Run run;

	TestRun() {
		Pipeline pipeline = Pipeline.named("under-test").fromMessages().map((message) -> message).end();
		this.run = new Run(
				new RunSettings(pipeline, 10, this.time, (attempt) -> Duration.ZERO, new NamedThreads("under-test"),
						List.of(), (key) -> false, null),
				new Judging().judge(), new SideDoor("under-test", null, new DeadLetterLimit(null, null)),
				new Listening());
	}

	Run run() {
		return this.run;
	}

	TestTimekeeper time() {
		return this.time;
	}

	/**
	 * How many deliveries were settled, each time that it was.
	 */
	int settlements() {
		return this.settlements.get();
	}

	Origin origin() {
		return origin(delivery());
	}

	Origin origin(TrackedDelivery delivery) {
		return origin(delivery,
				new MessageContext(delivery.message().id(), MEDIA_TYPE, 1, null, null, OpaqueData.none(), Map.of()));
	}

	Origin origin(MessageContext context) {
		return origin(delivery(), context);
	}

	private Origin origin(TrackedDelivery delivery, MessageContext context) {
		return new Origin(new Arrival.Admitted<>(delivery, 0, context, new TestRecipient(), "content"),
				OriginScopes.begin(List.of(), "under-test", "content", context), this.run);
	}

	TrackedDelivery delivery() {
		TrackedDelivery delivery = new TrackedDelivery(
				new InboundMessage("message-" + this.ids.incrementAndGet(), "body"), 1, new Settling());
		delivery.begin();
		return delivery;
	}

	@Override
	public void close() {
		this.run.close(LONG);
	}

	private static final class Judging extends ReceiverBuilder<Judging> {

		@Override
		protected Judging self() {
			return this;
		}

		Judgement judge() {
			return judgement("tested");
		}

	}

	private static final class Listening implements RunListener {

		@Override
		public void progressed() {
		}

		@Override
		public void settled() {
		}

		@Override
		public void again(Delivery delivery) {
			throw new IllegalStateException("nothing is delivered again here");
		}

	}

	private record TestRecipient() implements Recipient {

		@Override
		public String name() {
			return "under-test";
		}

		@Override
		public Class<?> contentType() {
			return String.class;
		}

	}

	private final class Settling implements TrackedDelivery.Settler {

		@Override
		public void ack(TrackedDelivery delivery) {
			TestRun.this.settlements.incrementAndGet();
			delivery.complete(Settlement.ACKED);
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			TestRun.this.settlements.incrementAndGet();
			delivery.complete(Settlement.NACKED);
		}

	}

}
