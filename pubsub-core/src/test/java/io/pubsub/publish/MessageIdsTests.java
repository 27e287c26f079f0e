package io.pubsub.publish;

import java.util.Map;

import io.pubsub.Lease;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.MessageDeduplicationId;
import io.pubsub.MessageGroupId;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MessageIds}.
 */
class MessageIdsTests {

	private static final String FIFO = "fifo-orders";

	private static final String STANDARD = "orders";

	private static final MediaType ORDER = new MediaType("application/vnd.example.pubsub._.created.order");

	private final Message plain = Message.of(Map.of("sku", "a"));

	private final Message order = Message.of(new Order("declared", "once"));

	@Test
	void takesTheGroupOfTheMessageFirst() {
		try (MessageContext.Scope scope = handling("context")) {
			assertThat(ids(this.order.inGroup("explicit"), FIFO).groupId()).isEqualTo("explicit");
		}
	}

	@Test
	void takesTheGroupThatTheContentDeclaresNext() {
		try (MessageContext.Scope scope = handling("context")) {
			assertThat(ids(this.order, FIFO).groupId()).isEqualTo("declared");
		}
	}

	@Test
	void takesTheGroupOfTheMessageThatIsBeingHandledLast() {
		try (MessageContext.Scope scope = handling("context")) {
			assertThat(ids(this.plain, FIFO).groupId()).isEqualTo("context");
			assertThat(ids(Message.of(new Order(null, null)), FIFO).groupId()).isEqualTo("context");
		}
	}

	@Test
	void givesAStandardTopicTheGroupToo() {
		assertThat(ids(this.order, STANDARD).groupId()).isEqualTo("declared");
		try (MessageContext.Scope scope = handling("context")) {
			assertThat(ids(this.plain, STANDARD).groupId()).isEqualTo("context");
		}
	}

	@Test
	void needsNoGroupOnAStandardTopic() {
		try (MessageContext.Scope scope = handling(null)) {
			assertThat(ids(this.plain, STANDARD)).isEqualTo(new MessageIds(null, null));
		}
	}

	@Test
	void namesTheWaysToGiveAFifoTopicItsGroup() {
		assertThatIllegalArgumentException().isThrownBy(() -> ids(this.plain, FIFO))
			.withMessage(ORDER + " goes to " + FIFO + ", which is FIFO, without a group: give it one with"
					+ " Message.inGroup(...), with @MessageGroupId in its class, or by publishing it while a message"
					+ " with a group is handled");
	}

	@Test
	void takesTheDeduplicationIdOfTheMessageFirst() {
		assertThat(ids(this.order.deduplicatedBy("explicit"), FIFO).deduplicationId()).isEqualTo("explicit");
	}

	@Test
	void takesTheDeduplicationIdThatTheContentDeclaresNext() {
		assertThat(ids(this.order, FIFO).deduplicationId()).isEqualTo("once");
	}

	@Test
	void makesUpADeduplicationIdForEachMessageToAFifoTopic() {
		String first = ids(this.plain.inGroup("a"), FIFO).deduplicationId();
		assertThat(ids(this.plain.inGroup("a"), FIFO).deduplicationId()).isNotBlank().isNotEqualTo(first);
	}

	@Test
	void keepsTheDeclaredDeduplicationIdFromAStandardTopic() {
		assertThat(ids(this.order, STANDARD).deduplicationId()).isNull();
	}

	@Test
	void refusesAnIdThatTheDestinationWouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> ids(this.plain.inGroup("with space"), STANDARD))
			.withMessage("the group id of " + ORDER + ", of 10 characters, must have no spaces");
		assertThatIllegalArgumentException().isThrownBy(() -> ids(this.order.deduplicatedBy("a b"), FIFO))
			.withMessage("the deduplication id of " + ORDER + ", of 3 characters, must have no spaces");
	}

	private static MessageIds ids(Message message, String topic) {
		return MessageIds.of(message, ORDER, topic, FifoRules.INSTANCE);
	}

	private static MessageContext.Scope handling(@Nullable String groupId) {
		return new MessageContext("m-1", ORDER, 1, null, null, OpaqueData.none(), Map.of(), groupId, null,
				Lease.PERMANENT)
			.makeCurrent();
	}

	record Order(@MessageGroupId @Nullable String customer, @MessageDeduplicationId @Nullable String number) {
	}

}
