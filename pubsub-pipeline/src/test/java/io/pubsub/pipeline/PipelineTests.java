package io.pubsub.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.pubsub.transport.InboundMessage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the definition of a {@link Pipeline}.
 */
class PipelineTests {

	private final Flow<InboundMessage> messages = Pipeline.named("orders").fromMessages();

	@Test
	void namesItsStagesByTheirKind() {
		Pipeline pipeline = this.messages.map((message) -> message).map((message) -> message).end();
		assertThat(pipeline.stageNames()).containsExactly("map", "map-2");
	}

	@Test
	void keepsTheNameOfAKeyForItsBatches() {
		Pipeline pipeline = this.messages.keyedBy((message) -> message, 2)
			.named("by-order")
			.batch(2, Duration.ofSeconds(1))
			.end();
		assertThat(pipeline.stageNames()).containsExactly("by-order");
	}

	@Test
	void refusesTwoStagesOfOneName() {
		refuses(() -> this.messages.map((message) -> message)
			.named("twin")
			.filter((message) -> true)
			.named("twin")
			.end(), "pipeline orders, stage twin: another stage has this name too", "named");
	}

	@Test
	void refusesABatchWithoutATime() {
		refuses(() -> this.messages.batch(10, Duration.ZERO), "pipeline orders, stage batch", "Duration.ofSeconds(1)");
	}

	@Test
	void refusesABatchWithoutASize() {
		refuses(() -> this.messages.batch(0, Duration.ofSeconds(1)), "pipeline orders, stage batch", "positive size");
	}

	@Test
	void refusesAPipelineWithoutAStage() {
		refuses(this.messages::end, "pipeline orders, its end", "add what is to be done");
	}

	@Test
	void refusesABranchThatDoesNotEndItself() {
		Pipeline other = Pipeline.named("other").fromMessages().map((message) -> message).end();
		refuses(() -> this.messages.broadcast((branch) -> other),
				"pipeline orders, stage broadcast: a branch has no end");
	}

	@Test
	void refusesARouteWithoutBranches() {
		refuses(() -> this.messages.routeTo((message) -> 1, Map.of()), "pipeline orders, stage route",
				"it has no branch");
	}

	@Test
	void refusesASideDoorOfABranch() {
		refuses(() -> this.messages.broadcast((branch) -> branch.to((message) -> {
		}).onFailure((failed) -> {
		})), "pipeline orders, stage broadcast", "to the whole pipeline");
	}

	@Test
	void refusesALimitOfFailuresThatIsNone() {
		Pipeline pipeline = this.messages.map((message) -> message).end();
		refuses(() -> pipeline.maxFailureRatio(1.5), "pipeline orders, its side door", "1.5", "from 0 to 1");
		refuses(() -> pipeline.maxConsecutiveFailures(-1), "pipeline orders, its side door", "-1", "at least 0");
	}

	@Test
	void refusesARetryOfNothing() {
		refuses(() -> this.messages.retry(1, (attempt) -> Duration.ZERO), "pipeline orders, stage retry",
				"put it behind one");
	}

	@Test
	void refusesARetryOfCollecting() {
		refuses(() -> this.messages.batch(2, Duration.ofSeconds(1)).retry(1, (attempt) -> Duration.ZERO),
				"pipeline orders, stage retry: the batch before it calls no function", "works on the batches");
	}

	@Test
	void refusesToRejectWhatCollectingThrows() {
		refuses(() -> this.messages.batch(2, Duration.ofSeconds(1)).rejecting((thrown) -> true),
				"pipeline orders, stage rejecting: the batch before it calls no function");
	}

	@Test
	void triesTheWeighingOfABatchAgain() {
		Pipeline pipeline = this.messages.batch(2, (message) -> 1, Duration.ofSeconds(1))
			.retry(1, (attempt) -> Duration.ZERO)
			.end();
		assertThat(pipeline.stageNames()).containsExactly("batch");
	}

	@Test
	void refusesABranchOfNoClass() {
		Map<String, Function<Flow<InboundMessage>, Pipeline>> branches = new HashMap<>();
		branches.put(null, Flow::end);
		refuses(() -> this.messages.routeTo(InboundMessage::id, branches), "pipeline orders, stage route: a branch or");
	}

	private static void refuses(ThrowingCallable definition, String... parts) {
		assertThatExceptionOfType(InvalidPipelineException.class).isThrownBy(definition)
			.satisfies((refused) -> assertThat(refused.getMessage()).contains(parts));
	}

}
