package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.pipeline.Batch;
import io.pubsub.pipeline.Branch;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.StepContract;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.Nested;

/**
 * Tests for the promises of each step.
 */
class StepContractTests {

	private static final Duration LONG = Duration.ofDays(1);

	private static Batch<String> eachOf(Batch<String> batch, Mapper<String, String> work) throws InterruptedException {
		for (int i = 0; i < batch.size(); i++) {
			try {
				work.apply(batch.get(i));
			}
			catch (InterruptedException ex) {
				throw ex;
			}
			catch (Exception ex) {
				batch.fail(i, ex);
			}
		}
		return batch;
	}

	private static OutboundMessage letter(String word) {
		return new OutboundMessage("letters", new MediaType("application/vnd.test.letter"), word, Map.of(), "group",
				null);
	}

	private static Destination broker(Executor executor) {
		return (messages) -> CompletableFuture
			.supplyAsync(() -> messages.stream().map((message) -> PublishResult.published("id")).toList(), executor);
	}

	/**
	 * A step from which a flow goes on.
	 */
	abstract static class FlowContract extends StepContract {

		abstract Flow<String> step(Flow<String> flow, Mapper<String, String> work);

		@Override
		protected Pipeline pipeline(Flow<String> flow, Mapper<String, String> work,
				Function<Flow<String>, Pipeline> rest) {
			return rest.apply(step(flow, work));
		}

	}

	/**
	 * A step in which elements change threads.
	 */
	abstract static class RoomContract extends FlowContract {

		@Override
		protected int room() {
			return 2_000;
		}

	}

	@Nested
	class MapTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.map(work);
		}

	}

	@Nested
	class RetryTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.map(work).retry(2, (attempt) -> Duration.ofSeconds(attempt));
		}

	}

	@Nested
	class FilterTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.filter((word) -> work.apply(word).equals(word));
		}

	}

	@Nested
	class FlatMapTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.flatMap((word) -> Stream.of(work.apply(word)));
		}

	}

	@Nested
	class FlatMapIterableTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.flatMapIterable((word) -> List.of(work.apply(word)));
		}

	}

	@Nested
	class FlatMapIteratorTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.flatMapIterator((word) -> List.of(work.apply(word)).iterator());
		}

	}

	@Nested
	class MapConcurrentlyTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.mapConcurrently(3, work);
		}

	}

	@Nested
	class UnorderedTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.mapConcurrently(Concurrency.of(3).unordered().timeout(LONG), work);
		}

		@Override
		protected boolean isOrdered() {
			return false;
		}

	}

	@Nested
	class OneKeyTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.keyedBy((word) -> work.apply(word).isEmpty(), 3);
		}

	}

	@Nested
	class ManyKeysTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.keyedBy((word) -> word, 3).map(work);
		}

		@Override
		protected boolean isOrdered() {
			return false;
		}

	}

	@Nested
	class BatchTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.batch(2, LONG).map((batch) -> eachOf(batch, work)).flatMapIterable((batch) -> batch);
		}

	}

	@Nested
	class WeightedBatchTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.batch(3, (word) -> word.length(), LONG)
				.map((batch) -> eachOf(batch, work))
				.flatMapIterable((batch) -> batch);
		}

	}

	@Nested
	class KeyedBatchTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.keyedBy((word) -> word.charAt(0) % 2, 2)
				.batch(2, LONG)
				.map((batch) -> eachOf(batch, work))
				.flatMapIterable((batch) -> batch);
		}

		@Override
		protected boolean isOrdered() {
			return false;
		}

	}

	@Nested
	class ReduceTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.reduce(1, LONG, () -> "", (none, word) -> work.apply(word));
		}

	}

	@Nested
	class RouteTests extends FlowContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			Branch<String, String> straight = Branch.returning((branch) -> branch);
			return flow.route((word) -> work.apply(word).charAt(0) % 2, Map.of(0, straight, 1, straight));
		}

	}

	@Nested
	class BroadcastTests extends StepContract {

		@Override
		protected Pipeline pipeline(Flow<String> flow, Mapper<String, String> work,
				Function<Flow<String>, Pipeline> rest) {
			return flow.broadcast((branch) -> rest.apply(branch.map(work)), (branch) -> branch.to((word) -> {
			}));
		}

	}

	@Nested
	class PublishTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.publish(broker(Runnable::run), (word) -> letter(work.apply(word)));
		}

	}

	@Nested
	class PublishLaterTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.publish(broker(ForkJoinPool.commonPool()), (word) -> letter(work.apply(word)));
		}

	}

	@Nested
	class SeveralStepsTests extends RoomContract {

		@Override
		Flow<String> step(Flow<String> flow, Mapper<String, String> work) {
			return flow.batch(3, LONG)
				.flatMapIterable((batch) -> batch)
				.mapConcurrently(2, work)
				.batch(2, LONG)
				.flatMapIterable((batch) -> batch);
		}

	}

}
