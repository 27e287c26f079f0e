package io.pubsub.pipeline;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.pubsub.Lease;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JointContext}.
 */
class JointContextTests {

	private static final MediaType ORDER = new MediaType("application/vnd.test.order");

	private static final MediaType BILL = new MediaType("application/vnd.test.bill");

	private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

	private final TestRun test = new TestRun();

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void isThatOfTheMessageIfThereIsOne() {
		MessageContext context = context("a", ORDER, 1, 5, EARLY, Map.of());
		assertThat(join(context)).isSameAs(context);
	}

	@Test
	void hasTheSmallestTimeToLive() {
		MessageContext joined = join(context("a", ORDER, 1, 5, null, Map.of()),
				context("b", ORDER, 1, 3, null, Map.of()), context("c", ORDER, 1, null, null, Map.of()));
		assertThat(joined.timeToLive()).isEqualTo(3);
		assertThat(joined.get(OpaqueData.TIME_TO_LIVE)).isEqualTo("3");
	}

	@Test
	void hasTheOpaqueDataThatIsEqualInAll() {
		MessageContext joined = join(context("a", ORDER, 1, null, null, Map.of("tenant", "acme", "user", "one")),
				context("b", ORDER, 1, null, null, Map.of("tenant", "acme", "user", "two")),
				context("c", ORDER, 1, null, null, Map.of("tenant", "acme", "extra", "three")));
		assertThat(joined.opaqueData().asMap()).isEqualTo(Map.of("tenant", "acme"));
	}

	@Test
	void hasTheMostAttemptsAndTheOldestTime() {
		MessageContext joined = join(context("a", ORDER, 1, null, EARLY.plusSeconds(1), Map.of()),
				context("b", ORDER, 4, null, EARLY, Map.of()));
		assertThat(joined.attempt()).isEqualTo(4);
		assertThat(joined.publishedAt()).isEqualTo(EARLY);
	}

	@Test
	void hasNoGroup() {
		assertThat(join(context("a", ORDER, 1, null, null, Map.of()), context("b", ORDER, 1, null, null, Map.of()))
			.groupId()).isNull();
	}

	@Test
	void isMixedIfTheMediaTypesAre() {
		MessageContext first = context("a", ORDER, 1, null, null, Map.of());
		assertThat(join(first, context("b", ORDER, 1, null, null, Map.of())).mediaType()).isEqualTo(ORDER);
		assertThat(join(first, context("b", BILL, 1, null, null, Map.of())).mediaType().value())
			.isEqualTo("multipart/mixed");
	}

	@Test
	void namesTheFirstMessageAndTheNumberOfTheOthers() {
		assertThat(join(context("a", ORDER, 1, null, null, Map.of()), context("b", ORDER, 1, null, null, Map.of()))
			.messageId()).isEqualTo("a and 1 more");
	}

	@Test
	void countsAMessageOnce() {
		Origin origin = this.test.origin(context("a", ORDER, 1, 5, null, Map.of()));
		assertThat(JointContext.of(new Lineage[] { origin, origin }, Lease.PERMANENT)).isSameAs(origin.context());
	}

	@Test
	void isThatOfNothingIfAllHaveLeft() {
		assertThat(JointContext.of(new Lineage[] { null }, Lease.PERMANENT).messageId()).isEqualTo("none");
	}

	private MessageContext join(MessageContext... contexts) {
		Stream<Lineage> origins = Arrays.stream(contexts).map(this.test::origin);
		return JointContext.of(origins.toArray(Lineage[]::new), Lease.PERMANENT);
	}

	private static MessageContext context(String id, MediaType mediaType, int attempt, @Nullable Integer timeToLive,
			@Nullable Instant publishedAt, Map<String, String> opaqueData) {
		return new MessageContext(id, mediaType, attempt, timeToLive, publishedAt, OpaqueData.of(opaqueData), Map.of(),
				"group", null, Lease.PERMANENT);
	}

}
