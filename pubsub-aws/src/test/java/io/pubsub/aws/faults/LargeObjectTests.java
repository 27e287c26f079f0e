package io.pubsub.aws.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.aws.faults.LineCounts.Count;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline of an object that is far larger than the heap.
 */
@Faults
class LargeObjectTests {

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final BrokerProcess broker;

	private final TestQueue queue;

	LargeObjectTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(10));
	}

	@Test
	void streamsTwoGibibytesWithinSixtyFourMebibytesOfHeap() throws IOException {
		this.queue.send(List.of(ObjectBucket.message(LargeObject.record())));
		try (LargeObject object = new LargeObject();
				ChildJvm counting = ChildJvm.start(List.of("-Xmx64m"), LineCountProcess.class, this.output::add,
						this.broker.endpoint().toString(), this.queue.url(), object.endpoint().toString())) {
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
		assertThat(this.output).containsExactly(new Count("large.txt", LargeObject.LINES).toString());
	}

}
