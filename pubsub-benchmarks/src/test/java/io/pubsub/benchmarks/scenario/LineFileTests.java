package io.pubsub.benchmarks.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineFile} and the event of it.
 */
class LineFileTests {

	private final LineFile file = new LineFile(13);

	@Test
	void isFoundByItsKey() {
		assertThat(LineFile.ofKey(this.file.key())).isEqualTo(this.file);
	}

	@Test
	void hasAsManyLinesAsItSays() throws IOException {
		byte[] content = new GZIPInputStream(new ByteArrayInputStream(this.file.content())).readAllBytes();
		assertThat(new String(content, StandardCharsets.UTF_8).lines()).hasSize(this.file.lines()).hasSize(5);
	}

	@Test
	void isNamedByItsEvent() {
		ObjectCreated event = ObjectCreated.read(ObjectCreated.message(this.file, 120, "d41d8cd9"));
		assertThat(event.records()).singleElement().satisfies((entry) -> {
			assertThat(entry.bucketName()).isEqualTo(LineFile.BUCKET);
			assertThat(entry.objectKey()).isEqualTo(this.file.key());
		});
	}

}
