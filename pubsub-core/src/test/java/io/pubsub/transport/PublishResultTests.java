package io.pubsub.transport;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PublishResult}.
 */
class PublishResultTests {

	@Test
	void isPublishedUnderAnId() {
		assertThat(PublishResult.published("id-1").isPublished()).isTrue();
		assertThat(PublishResult.published("id-1").messageId()).isEqualTo("id-1");
	}

	@Test
	void isNotPublishedWithoutAnId() {
		assertThatIllegalArgumentException().isThrownBy(() -> PublishResult.published(""))
			.withMessageContaining("under the id");
		assertThatIllegalArgumentException().isThrownBy(() -> new PublishResult(null, null));
	}

	@Test
	void isNotPublishedAndFailedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PublishResult("id-1", new IOException("expected")));
	}

	@Test
	void isNotPublishedIfItFailed() {
		IOException failure = new IOException("expected");
		assertThat(PublishResult.failed(failure).isPublished()).isFalse();
		assertThat(PublishResult.failed(failure).failure()).isSameAs(failure);
	}

}
