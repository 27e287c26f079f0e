package io.pubsub.sample;

import io.pubsub.autoconfigure.test.PubSubTest;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the service without any broker.
 */
@PubSubTest(properties = "pubsub.producer.topics.default=notices")
class InMemoryTests {

	@Autowired
	private Announcer announcer;

	@Autowired
	private NoticeBoard board;

	@Autowired
	private PubSubTester pubsub;

	@Test
	void announces() {
		this.announcer.announce("Tea is served");
		assertThat(this.pubsub.published()).singleElement()
			.hasMediaType("application/vnd.globality.pubsub.simple")
			.hasAddress("notices")
			.content()
			.containsEntry("message", "Tea is served");
	}

	@Test
	void pinsWhatIsAnnounced() {
		this.pubsub.loopBack("application/vnd.globality.pubsub.simple");
		this.announcer.announce("The kettle is back");
		assertThat(this.board.notices()).contains("The kettle is back");
		assertThat(this.pubsub.queue().size()).isZero();
	}

}
