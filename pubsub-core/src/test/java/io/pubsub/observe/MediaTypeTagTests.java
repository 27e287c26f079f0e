package io.pubsub.observe;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.UriMessage;
import io.pubsub.schema.SchemaRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MediaTypeTag}.
 */
class MediaTypeTagTests {

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);

	private final MediaTypeTag tag = new MediaTypeTag(this.schemas);

	@Test
	void isARegisteredMediaType() {
		this.schemas.register(new MediaType("text/greeting"), UriMessage.class);
		assertThat(this.tag.of(new MediaType("text/greeting"))).isEqualTo("text/greeting");
	}

	@Test
	void isThePatternOfAMediaTypeThatIsRegisteredByItsPattern() {
		this.schemas.register(new MediaType("application/vnd.example.*"), UriMessage.class);
		assertThat(this.tag.of(new MediaType("application/vnd.example.order"))).isEqualTo("application/vnd.example.*");
	}

	@Test
	void isUnknownForTheMediaTypesOfStrangers() {
		assertThat(this.tag.of(new MediaType("application/vnd.example.pubsub._.created.order"))).isEqualTo("unknown");
	}

	@Test
	void isUnknownForAMalformedMessage() {
		assertThat(this.tag.of(null)).isEqualTo("unknown");
	}

}
