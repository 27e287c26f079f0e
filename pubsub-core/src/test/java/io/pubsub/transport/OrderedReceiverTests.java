package io.pubsub.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderedReceiver}.
 */
class OrderedReceiverTests {

	private final RecordingSettler settler = new RecordingSettler();

	private final List<Delivery> passedOn = new ArrayList<>();

	private final OrderedReceiver receiver = new OrderedReceiver(this.passedOn::add);

	@Test
	void passesOnOneOfAGroupAtATime() {
		receive("a1", "a2", "b1");
		assertThat(passedOn()).containsExactly("a1", "b1");
		delivery("a1").ack();
		assertThat(passedOn()).containsExactly("a1", "b1", "a2");
	}

	@Test
	void passesOnAtOnceWhatHasNoGroup() {
		this.receiver.receive(new TrackedDelivery(new InboundMessage("1", "1"), 1, this.settler));
		this.receiver.receive(new TrackedDelivery(new InboundMessage("2", "2"), 1, this.settler));
		assertThat(passedOn()).containsExactly("1", "2");
	}

	@Test
	void parksWhatWaits() {
		receive("a1", "a2", "a3");
		assertThat(this.settler.parked).containsExactly("a2", "a3");
		delivery("a1").ack();
		assertThat(this.settler.parked).containsExactly("a3");
	}

	@Test
	void whenOneIsHandedBackReleasesThoseBehindItUnseen() {
		receive("a1", "a2", "a3", "b1");
		delivery("a1").begin();
		delivery("a1").nack(Duration.ofSeconds(7));
		assertThat(this.settler.settlements).containsExactly("nack a1", "release a2", "release a3");
		assertThat(this.settler.parked).isEmpty();
		assertThat(passedOn()).containsExactly("a1", "b1");
	}

	@Test
	void whenTheFirstFailsAtOnceReleasesThoseThatCameTogether() {
		List<String> seen = new ArrayList<>();
		new OrderedReceiver((delivery) -> {
			seen.add(delivery.message().id());
			delivery.reject("expected");
		}).receive(deliveries("a1", "a2", "b1"));
		assertThat(seen).containsExactly("a1", "b1");
		assertThat(this.settler.settlements).containsExactly("nack a1", "release a2", "nack b1");
	}

	@Test
	void whenTheFirstFailsWhileTheOthersLineUpReleasesThem() {
		List<Delivery> seen = new ArrayList<>();
		OrderedReceiver ordered = new OrderedReceiver((delivery) -> {
			seen.add(delivery);
			if (seen.size() > 1) {
				delivery.nack(Duration.ZERO);
			}
		});
		ordered.receive(deliveries("a1"));
		this.settler.whenParked = (id) -> {
			if (id.equals("a4")) {
				seen.get(0).ack();
			}
		};
		ordered.receive(deliveries("a2", "a3", "a4"));
		assertThat(seen).extracting((delivery) -> delivery.message().id()).containsExactly("a1", "a2");
		assertThat(this.settler.settlements).containsExactly("ack a1", "nack a2", "release a3", "release a4");
	}

	@Test
	void whenTheReceiverThrowsHandsBackAndReleases() {
		new OrderedReceiver((delivery) -> {
			throw new IllegalStateException("expected");
		}).receive(deliveries("a1", "a2"));
		assertThat(this.settler.settlements).containsExactly("nack a1", "release a2");
	}

	@Test
	void whenOneIsLostReleasesThoseBehindIt() {
		TrackedDelivery first = receive("a1", "a2");
		delivery("a1").begin();
		first.lose();
		assertThat(this.settler.settlements).containsExactly("release a2");
	}

	@Test
	void whenOneIsLostTellsTheReceiverToo() {
		List<String> told = new ArrayList<>();
		TrackedDelivery first = receive("a1");
		delivery("a1").begin();
		delivery("a1").onLost(() -> told.add("lost"));
		first.lose();
		assertThat(told).containsExactly("lost");
	}

	@Test
	void letsTheNextDeliveryOfALostMessageWaitForTheWorkOnIt() {
		TrackedDelivery first = receive("a1");
		delivery("a1").begin();
		first.lose();
		receive("a1");
		assertThat(passedOn()).containsExactly("a1");
		this.passedOn.get(0).nack(null);
		assertThat(passedOn()).containsExactly("a1", "a1");
	}

	@Test
	void letsNothingWaitForWhatWasAbandoned() {
		receive("a1", "a2");
		delivery("a1").begin();
		delivery("a1").abandon();
		receive("a1", "a2");
		assertThat(passedOn()).containsExactly("a1", "a1");
		this.passedOn.get(0).ack();
		assertThat(passedOn()).containsExactly("a1", "a1");
		this.passedOn.get(1).ack();
		assertThat(passedOn()).containsExactly("a1", "a1", "a2");
	}

	@Test
	void whenTheSourceTakesOneBackReleasesThoseBehindIt() {
		TrackedDelivery first = receive("a1", "a2");
		first.takeBack();
		assertThat(delivery("a1").begin()).isFalse();
		assertThat(this.settler.settlements).containsExactly("release a2");
	}

	@Test
	void passesNothingOnBehindOneThatIsAckedAfterTheSourceTookItBack() {
		TrackedDelivery first = receive("a1", "a2");
		first.takeBack();
		delivery("a1").ack();
		assertThat(passedOn()).containsExactly("a1");
		assertThat(this.settler.settlements).containsExactly("release a2");
	}

	@Test
	void passesNothingOnWhileTheWorkThatHasBegunIsBegunAgain() {
		receive("a1", "a2");
		delivery("a1").begin();
		assertThat(delivery("a1").begin()).isFalse();
		assertThat(passedOn()).containsExactly("a1");
		assertThat(this.settler.parked).containsExactly("a2");
	}

	@Test
	void whenTheSourceHasLostOneThatWaitsReleasesThoseBehindIt() {
		List<TrackedDelivery> deliveries = deliveries("a1", "a2", "a3");
		this.receiver.receive(deliveries);
		deliveries.get(1).takeBack();
		deliveries.get(1).complete(Settlement.LOST);
		assertThat(this.settler.settlements).containsExactly("release a3");
		assertThat(this.settler.parked).isEmpty();
	}

	@Test
	void passesOverWhatTheSourceHasTakenBack() {
		List<TrackedDelivery> deliveries = deliveries("a1", "a2", "a3");
		this.receiver.receive(deliveries);
		deliveries.get(1).takeBack();
		delivery("a1").ack();
		assertThat(passedOn()).containsExactly("a1", "a3");
	}

	private TrackedDelivery receive(String... ids) {
		List<TrackedDelivery> deliveries = deliveries(ids);
		this.receiver.receive(deliveries);
		return deliveries.get(0);
	}

	// The group is the first letter.
	private List<TrackedDelivery> deliveries(String... ids) {
		return Stream.of(ids)
			.map((id) -> new TrackedDelivery(new InboundMessage(id, "{}", Map.of(), id.substring(0, 1), null), 1,
					this.settler))
			.toList();
	}

	private List<String> passedOn() {
		return this.passedOn.stream().map((delivery) -> delivery.message().id()).toList();
	}

	private Delivery delivery(String id) {
		return this.passedOn.stream().filter((passed) -> passed.message().id().equals(id)).findFirst().orElseThrow();
	}

	private static final class RecordingSettler implements TrackedDelivery.Settler {

		private final List<String> settlements = new ArrayList<>();

		private final List<String> parked = new ArrayList<>();

		private Consumer<String> whenParked = (id) -> {
		};

		@Override
		public void ack(TrackedDelivery delivery) {
			this.settlements.add("ack " + delivery.message().id());
			delivery.complete(Settlement.ACKED);
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			this.settlements.add("nack " + delivery.message().id());
			delivery.complete(Settlement.NACKED);
		}

		@Override
		public void release(TrackedDelivery delivery, @Nullable Duration delay) {
			this.settlements.add("release " + delivery.message().id());
			delivery.complete(Settlement.NACKED);
		}

		@Override
		public void parked(TrackedDelivery delivery) {
			this.parked.add(delivery.message().id());
			this.whenParked.accept(delivery.message().id());
		}

		@Override
		public void unparked(TrackedDelivery delivery) {
			this.parked.remove(delivery.message().id());
		}

	}

}
