package io.pubsub.source;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UpstreamFailedException}.
 */
class UpstreamFailedExceptionTests {

	@Test
	void namesQueueProducerAndReason() {
		UpstreamFailedException exception = new UpstreamFailedException("/data/in", "extract", "disk full");
		assertThat(exception).hasMessage("Producer extract of /data/in has failed: disk full");
		assertThat(exception.queue()).isEqualTo("/data/in");
		assertThat(exception.producer()).isEqualTo("extract");
		assertThat(exception.reason()).isEqualTo("disk full");
	}

}
