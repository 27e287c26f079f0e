package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.pipeline.Batch;
import io.pubsub.pipeline.Branch;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a random pipeline.
 */
sealed interface Part {

	/**
	 * Adds the stage.
	 * @param flow the stages in front
	 * @param making the pipeline in the making
	 * @return the stages until here
	 */
	Flow<Item> addTo(Flow<Item> flow, Making making);

	/**
	 * Adds stages.
	 */
	static Flow<Item> addAll(List<Part> parts, Flow<Item> flow, Making making) {
		Flow<Item> longer = flow;
		for (Part part : parts) {
			longer = part.addTo(longer, making);
		}
		return longer;
	}

	/**
	 * A pipeline in the making, whose stages are numbered.
	 */
	final class Making {

		private final Ledger ledger;

		private int stages;

		Making(Ledger ledger) {
			this.ledger = ledger;
		}

		Ledger ledger() {
			return this.ledger;
		}

		int nextStage() {
			return ++this.stages;
		}

		static Flow<Item> retrying(Flow<Item> flow, int retries) {
			return (retries > 0) ? flow.retry(retries, (attempt) -> Duration.ofMillis(300)) : flow;
		}

		Flow<Item> apart(Flow<Batch<Item>> batches) {
			int stage = nextStage();
			return batches.flatMapIterable((batch) -> this.ledger.call(stage, 0, Item.joined(batch), batch, () -> {
				Item joined = Item.joined(batch);
				joined.open(batch.size());
				List<Item> children = new ArrayList<>();
				for (Item member : batch) {
					children.add(new Item(joined.tokens(), member.path() * 31 + 7, 1));
					member.end();
				}
				return children;
			}));
		}

	}

	record Mapping(int retries) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			return Making.retrying(flow
				.map((item) -> making.ledger().call(stage, this.retries, item, List.of(item), () -> item.child(0, 1))),
					this.retries);
		}

	}

	record Filtering() implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			return flow.filter((item) -> making.ledger().call(stage, 0, item, List.of(item), () -> {
				boolean passes = making.ledger().chance(stage, item, 5) > 0;
				if (!passes) {
					item.end();
				}
				return passes;
			}));
		}

	}

	/**
	 * Takes apart, into as many parts as the element may have, or into few.
	 */
	record Parting(int most, boolean breaks) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			return flow.flatMap((item) -> making.ledger()
				.call(stage, 0, item, List.of(item), () -> parts(item, stage, making.ledger())));
		}

		private Stream<Item> parts(Item item, int stage, Ledger ledger) {
			int parts = Math.min(ledger.chance(stage, item, this.most + 1), item.budget());
			int broken = (this.breaks && parts > 0 && ledger.chance(stage + 500, item, 10) == 0) ? parts / 2 : -1;
			item.open(parts);
			if (broken < 0) {
				item.end();
			}
			return IntStream.range(0, parts).mapToObj((number) -> {
				if (number == broken) {
					item.end(parts - broken);
					throw (RuntimeException) ledger.failed(List.of(item), new IllegalStateException("broken"));
				}
				return item.child(number, parts);
			});
		}

	}

	record Concurrently(int workers, boolean ordered, int retries) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			Concurrency inOrder = Concurrency.of(this.workers);
			return Making
				.retrying(
						flow.mapConcurrently(this.ordered ? inOrder : inOrder.unordered(),
								(item) -> making.ledger()
									.call(stage, this.retries, item, List.of(item), () -> item.child(0, 1))),
						this.retries);
		}

	}

	record Keyed(int workers) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			return flow.keyedBy(
					(item) -> making.ledger().call(stage, 0, item, List.of(item), () -> Math.floorMod(item.path(), 3)),
					this.workers);
		}

	}

	record Batching(int size, int workers, boolean weighed) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			Flow<Item> keyed = (this.workers > 0) ? new Keyed(this.workers).addTo(flow, making) : flow;
			Duration time = Duration.ofMillis(700);
			return making.apart(this.weighed ? keyed.batch(this.size, (item) -> item.path() & 3, time)
					: keyed.batch(this.size, time));
		}

	}

	record Routing(List<Part> one, List<Part> other, boolean returns) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			Branch<Item, Item> branch = this.returns
					? Branch.returning((branching) -> addAll(this.other, branching, making))
					: Branch.ending((branching) -> Ending.to(addAll(this.other, branching, making), making));
			return flow.route(
					(item) -> making.ledger()
						.call(stage, 0, item, List.of(item), () -> making.ledger().chance(stage, item, 2) == 0),
					Map.of(true, Branch.<Item, Item>returning((branching) -> addAll(this.one, branching, making)),
							false, branch));
		}

	}

	record Publishing(int retries, boolean grouped) implements Part {

		@Override
		public Flow<Item> addTo(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			Confirming destination = new Confirming(making.ledger(), stage, this.retries);
			Flow<Item> published = flow.publish(destination, (item) -> destination.message(item, this.grouped));
			return Making.retrying(published, this.retries);
		}

	}

	/**
	 * A broker that confirms now or later, on a thread of its own.
	 */
	final class Confirming implements Destination {

		private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.test.item");

		private static final Executor LATER = ForkJoinPool.commonPool();

		private final Map<String, Item> items = new ConcurrentHashMap<>();

		private final Ledger ledger;

		private final int stage;

		private final int retries;

		Confirming(Ledger ledger, int stage, int retries) {
			this.ledger = ledger;
			this.stage = stage;
			this.retries = retries;
		}

		OutboundMessage message(Item item, boolean grouped) {
			String body = item.path() + "/" + item.tokens();
			this.items.put(body, item);
			String group = grouped ? "group-" + Math.floorMod(item.path(), 3) : null;
			return new OutboundMessage("items", MEDIA_TYPE, body, Map.of(), group, null);
		}

		@Override
		public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
			Item item = Objects.requireNonNull(this.items.get(messages.get(0).body()));
			if (this.ledger.chance(this.stage + 300, item, 3) == 0) {
				return CompletableFuture.completedFuture(List.of(result(item)));
			}
			this.ledger.unconfirmed(1);
			return CompletableFuture.supplyAsync(() -> List.of(result(item)), LATER)
				.whenComplete((results, thrown) -> this.ledger.unconfirmed(-1));
		}

		private PublishResult result(Item item) {
			Exception failure = failure(item);
			return (failure != null) ? PublishResult.failed(failure) : PublishResult.published("id");
		}

		private @Nullable Exception failure(Item item) {
			try {
				this.ledger.call(this.stage, this.retries, item, List.of(item), () -> item);
				return null;
			}
			catch (Exception ex) {
				return ex;
			}
		}

	}

	/**
	 * The end of a random pipeline, or of a branch.
	 */
	enum Ending implements Function<Making, Function<Flow<Item>, Pipeline>> {

		TO {

			@Override
			public Function<Flow<Item>, Pipeline> apply(Making making) {
				return (flow) -> to(flow, making);
			}

		},

		BATCH {

			@Override
			public Function<Flow<Item>, Pipeline> apply(Making making) {
				return (flow) -> batch(flow, making);
			}

		},

		BROADCAST {

			@Override
			public Function<Flow<Item>, Pipeline> apply(Making making) {
				return (flow) -> flow.map((item) -> {
					item.open(2);
					return item;
				})
					.broadcast((branch) -> to(branch, making), (branch) -> batch(branch, making),
							(branch) -> to(new Concurrently(2, false, 0).addTo(branch, making), making));
			}

		};

		static Pipeline to(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			return flow.to((item) -> making.ledger().call(stage, 0, item, List.of(item), () -> {
				item.end();
				return true;
			}));
		}

		static Pipeline batch(Flow<Item> flow, Making making) {
			int stage = making.nextStage();
			return flow.batch(4, Duration.ofMillis(900))
				.to((batch) -> making.ledger().call(stage, 0, Item.joined(batch), batch, () -> {
					for (int i = 0; i < batch.size(); i++) {
						endInBatch(batch, i, stage, making.ledger());
					}
					return true;
				}));
		}

		private static void endInBatch(Batch<Item> batch, int index, int stage, Ledger ledger) {
			Item item = batch.get(index);
			if (ledger.chance(stage + 200, item, 40) == 0) {
				batch.fail(index, ledger.failed(List.of(item), new IllegalStateException("alone")));
			}
			else {
				item.end();
			}
		}

	}

}
