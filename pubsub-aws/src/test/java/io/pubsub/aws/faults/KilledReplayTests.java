package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a replay of dead letters that ends without warning.
 */
@Faults
class KilledReplayTests {

	private static final int LETTERS = 300;

	private static final int BATCH = 10;

	private final BrokerProcess broker;

	private final TestQueue letters;

	private final TestQueue target;

	KilledReplayTests(BrokerProcess broker) {
		this.broker = broker;
		this.letters = broker.createQueue(Duration.ofMinutes(5));
		this.target = broker.createQueue(Duration.ofMinutes(5));
	}

	@Test
	void losesNothingAndRepeatsAtMostWhatItWasAt() throws Exception {
		this.letters.sendParcels(LETTERS);
		ReplayProcess.killAfter(this.broker.endpoint(), this.letters, this.target, LETTERS / 3);
		Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.letters.inFlight() == 0);
		List<String> replayed = bodies(this.target);
		List<String> left = bodies(this.letters);
		assertThat(replayed).hasSizeBetween(LETTERS / 3, LETTERS - BATCH);
		assertThat(replayed.size() + left.size()).isBetween(LETTERS, LETTERS + BATCH);
		Set<String> all = new HashSet<>(replayed);
		all.addAll(left);
		assertThat(all).containsExactlyInAnyOrderElementsOf(
				IntStream.range(0, LETTERS).mapToObj((number) -> Parcel.message(number).messageBody()).toList());
	}

	private static List<String> bodies(TestQueue queue) {
		return queue.receive(queue.visible()).stream().map(Message::body).toList();
	}

}
