package io.pubsub.idempotency;

import java.util.Map;

import io.pubsub.IdempotencyKey;
import io.pubsub.Lease;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdempotencyKeys}.
 */
class IdempotencyKeysTests {

	private final IdempotencyKeys keys = IdempotencyKeys.standard();

	@Test
	void tellsAMessageByTheIdThatSnsGave() {
		assertThat(this.keys.keyOf("content", context("text/a", "sns-1"))).isEqualTo("sns-1");
	}

	@Test
	void tellsAMessageThatIsNotFromSnsByTheIdOfItsSource() {
		assertThat(this.keys.keyOf("content", context("text/a", null))).isEqualTo("m-1");
	}

	@Test
	void tellsAMessageByWhatItsContentHasMarked() {
		assertThat(key(new Payment("p-1", 1, "first"))).isEqualTo(key(new Payment("p-1", 1, "again")))
			.isNotEqualTo(key(new Payment("p-2", 1, "first")))
			.isNotEqualTo(key(new Payment("p-1", 2, "first")));
	}

	@Test
	void keepsTheContentOutOfTheKey() {
		assertThat(key(new Payment("secret", 1, ""))).matches("[0-9a-f]{64}");
	}

	@Test
	void keepsListsOfValuesApart() {
		assertThat(key(new Pair("a\n1:b", ""))).isNotEqualTo(key(new Pair("a", "b\n0:")));
	}

	@Test
	void keepsMediaTypesApart() {
		Payment payment = new Payment("p-1", 1, "");
		assertThat(this.keys.keyOf(payment, context("text/a", null)))
			.isNotEqualTo(this.keys.keyOf(payment, context("text/b", null)));
	}

	@Test
	void fallsBackToTheIdIfAMarkedValueIsMissing() {
		assertThat(key(new Payment(null, 1, ""))).isEqualTo("sns-1");
	}

	@Test
	void readsMarkedGetters() {
		assertThat(key(new Refund())).matches("[0-9a-f]{64}");
	}

	@Test
	void knowsNoKeyOfContentWithoutAMark() {
		assertThat(IdempotencyKeys.ofContent().keyOf("content", context("text/a", "sns-1"))).isNull();
	}

	private @Nullable String key(Object content) {
		return this.keys.keyOf(content, context("text/a", "sns-1"));
	}

	private static MessageContext context(String mediaType, @Nullable String snsMessageId) {
		return new MessageContext("m-1", new MediaType(mediaType), 1, null, null, OpaqueData.none(), Map.of(), null,
				snsMessageId, Lease.PERMANENT);
	}

	record Payment(@IdempotencyKey @Nullable String id, @IdempotencyKey int version, String note) {
	}

	record Pair(@IdempotencyKey String first, @IdempotencyKey String second) {
	}

	static class Document {

		@IdempotencyKey
		String getNumber() {
			return "n-1";
		}

	}

	static final class Refund extends Document {

	}

}
