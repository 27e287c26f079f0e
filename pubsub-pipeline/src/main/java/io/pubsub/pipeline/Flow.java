package io.pubsub.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.pubsub.internal.DurationText;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as far as it is defined: each method adds a stage, and gives a flow of what
 * comes out of it.
 * <p>
 * Stages that only compute run on the thread of the stage before them.
 * {@link #mapConcurrently}, {@link #keyedBy} and {@link #batch} are where work changes
 * threads; in front of each there is room for as many elements as there may be messages
 * in flight, and whoever brings more waits. Immutable.
 *
 * @param <T> the type of the elements
 * @since 0.1.0
 */
public final class Flow<T> {

	private final Pipeline.Root root;

	private final List<Stage> stages;

	/**
	 * Makes a flow.
	 * @param root the beginning
	 * @param stages the stages until here
	 */
	Flow(Pipeline.Root root, List<Stage> stages) {
		this.root = root;
		this.stages = stages;
	}

	/**
	 * Makes something of each element.
	 * @param function the function
	 * @param <R> the type of the results
	 * @return the flow of the results
	 */
	public <R> Flow<R> map(Mapper<? super T, ? extends R> function) {
		Mapper<Object, ?> untyped = untyped(function);
		return then("map", (stage, assembly, next) -> new MapStep(stage.info(), assembly.run(), untyped, next));
	}

	/**
	 * Leaves out the elements that a condition is not true for. They count as done.
	 * @param condition the condition
	 * @return the flow of the others
	 */
	@SuppressWarnings("unchecked")
	public Flow<T> filter(Condition<? super T> condition) {
		Condition<Object> untyped = (Condition<Object>) Objects.requireNonNull(condition);
		return then("filter", (stage, assembly, next) -> new FilterStep(stage.info(), assembly.run(), untyped, next));
	}

	/**
	 * Takes each element apart: the parts go on one after the other, and the next one is
	 * asked for when there is room for it. The stream is closed in any case.
	 * @param function the function that gives the parts
	 * @param <R> the type of the parts
	 * @return the flow of the parts
	 */
	public <R> Flow<R> flatMap(Mapper<? super T, ? extends Stream<? extends R>> function) {
		return flatten(untyped(function));
	}

	/**
	 * Takes each element apart, as {@link #flatMap} does.
	 * @param function the function that gives the parts, such as a list
	 * @param <R> the type of the parts
	 * @return the flow of the parts
	 */
	public <R> Flow<R> flatMapIterable(Mapper<? super T, ? extends Iterable<? extends R>> function) {
		return flatten(untyped(function));
	}

	/**
	 * Takes each element apart, as {@link #flatMap} does. The iterator is closed in any
	 * case if it is {@link AutoCloseable}.
	 * @param function the function that gives the parts
	 * @param <R> the type of the parts
	 * @return the flow of the parts
	 */
	public <R> Flow<R> flatMapIterator(Mapper<? super T, ? extends Iterator<? extends R>> function) {
		return flatten(untyped(function));
	}

	private <R> Flow<R> flatten(Mapper<Object, ?> function) {
		return then("flat-map",
				(stage, assembly, next) -> new FlatMapStep(stage.info(), assembly.run(), function, next));
	}

	/**
	 * Makes something of several elements at the same time; the results leave in the
	 * order of the elements.
	 * @param workers the number of elements at the same time
	 * @param function the function, safe for use by many threads
	 * @param <R> the type of the results
	 * @return the flow of the results
	 */
	public <R> Flow<R> mapConcurrently(int workers, Mapper<? super T, ? extends R> function) {
		check("map-concurrently", workers >= 1,
				"at least 1 element must be worked on at a time, not " + workers + ": give it a positive number");
		return mapConcurrently(Concurrency.of(workers), function);
	}

	/**
	 * Makes something of several elements at the same time. Behind results that need no
	 * order, the stages that compute run on several threads.
	 * @param concurrency the number of elements at the same time, the order of the
	 * results, and a time limit
	 * @param function the function, safe for use by many threads
	 * @param <R> the type of the results
	 * @return the flow of the results
	 */
	public <R> Flow<R> mapConcurrently(Concurrency concurrency, Mapper<? super T, ? extends R> function) {
		Mapper<Object, ?> untyped = untyped(function);
		return then("map-concurrently", (stage, assembly, next) -> new ConcurrentStep(stage.info(), assembly.run(),
				untyped, concurrency, next));
	}

	/**
	 * Spreads the elements over several threads: those of one key stay in their order and
	 * are worked on one at a time, by whatever thread is idle. The stages that compute
	 * behind this one run there. {@link #batch} or {@link #reduce} right behind this
	 * collects each key on its own.
	 * @param key the key of an element, with {@code equals} and {@code hashCode}
	 * @param workers the number of keys that are worked on at the same time
	 * @return the flow of the elements
	 */
	public Flow<T> keyedBy(Mapper<? super T, ?> key, int workers) {
		check("keyed-by", workers >= 1,
				"at least 1 key must be worked on at a time, not " + workers + ": give it a positive number");
		Stage.Lanes lanes = new Stage.Lanes(untyped(key), workers);
		return then(new Stage(new StageInfo("keyed-by"), List.of(), lanes, (stage, assembly,
				next) -> new KeyedStep(stage.info(), assembly.run(), lanes.key(), lanes.workers(), next)));
	}

	/**
	 * Collects elements. A batch leaves when it is full, when its time is over, and
	 * sooner when nothing more can come before something is settled. Behind
	 * {@link #keyedBy}, each key has batches of its own, which leave in their order.
	 * @param size the number of elements in a full batch
	 * @param time the time from the first element on after which a batch leaves
	 * @return the flow of the batches
	 */
	public Flow<Batch<T>> batch(int size, Duration time) {
		return collect("batch", size, null, time);
	}

	/**
	 * Collects elements by their weight, such as their size in bytes, as
	 * {@link #batch(int, Duration)} does by their number. An element that is heavier than
	 * a full batch is alone in one.
	 * @param maxWeight the weight of a full batch, which is not exceeded
	 * @param weight the weight of an element, not negative
	 * @param time the time from the first element on after which a batch leaves
	 * @return the flow of the batches
	 */
	@SuppressWarnings("unchecked")
	public Flow<Batch<T>> batch(long maxWeight, ToLongFunction<? super T> weight, Duration time) {
		return collect("batch", maxWeight, (ToLongFunction<Object>) weight, time);
	}

	private Flow<Batch<T>> collect(String kind, long size, @Nullable ToLongFunction<Object> weight, Duration time) {
		check(kind, size >= 1, "a full batch must hold at least 1, not " + size + ": give it a positive size");
		check(kind, time.compareTo(Duration.ZERO) > 0, "a batch must leave after a time, not " + DurationText.of(time)
				+ ", or its elements may wait for ever: give it one such as Duration.ofSeconds(1)");
		Batching batching = new Batching(size, weight, time);
		Stage last = this.stages.isEmpty() ? null : this.stages.get(this.stages.size() - 1);
		Stage.Lanes lanes = (last != null) ? last.lanes() : null;
		if (last == null || lanes == null) {
			return then(new Stage(new StageInfo(kind, weight != null), List.of(), null,
					(stage, assembly, next) -> new BatchStep(stage.info(), assembly.run(), null, 1, batching, next)));
		}
		Stage keyed = new Stage(last.info().withKind(kind), List.of(), null, (stage, assembly,
				next) -> new BatchStep(stage.info(), assembly.run(), lanes.key(), lanes.workers(), batching, next));
		return new Flow<Batch<T>>(this.root, this.stages.subList(0, this.stages.size() - 1)).then(keyed);
	}

	/**
	 * Collects elements as {@link #batch(int, Duration)} does, and makes one result of
	 * each batch.
	 * @param size the number of elements that make a result
	 * @param time the time from the first element on after which a result leaves
	 * @param initial makes what a result begins with
	 * @param function adds an element to a result, and gives the new one
	 * @param <R> the type of the results
	 * @return the flow of the results
	 */
	public <R> Flow<R> reduce(int size, Duration time, Supplier<? extends R> initial, Reducer<R, ? super T> function) {
		return collect("reduce", size, null, time).then("reduce",
				(stage, assembly, next) -> new MapStep(stage.info(), assembly.run(), (batch) -> {
					R result = initial.get();
					for (T element : Flow.<T>batchOf(batch)) {
						result = function.apply(result, element);
					}
					return result;
				}, next));
	}

	@SuppressWarnings("unchecked")
	private static <T> Batch<T> batchOf(Object batch) {
		return (Batch<T>) batch;
	}

	/**
	 * Hands each element to one of several branches.
	 * @param classifier gives the class of an element
	 * @param branches the branch of each class; an element of another class fails
	 * @param <K> the type of the classes
	 * @param <R> the type of the elements that return from branches
	 * @return the flow of the elements that return
	 */
	public <K, R> Flow<R> route(Mapper<? super T, ? extends K> classifier, Map<K, Branch<T, R>> branches) {
		return branch("route", classifier, branches);
	}

	/**
	 * Hands each element to one of several branches, all of which end.
	 * @param classifier gives the class of an element
	 * @param branches adds the stages of the branch of each class, the last of which ends
	 * it; an element of another class fails
	 * @param <K> the type of the classes
	 * @return the pipeline
	 */
	public <K> Pipeline routeTo(Mapper<? super T, ? extends K> classifier,
			Map<K, Function<Flow<T>, Pipeline>> branches) {
		Map<K, Branch<T, Object>> ending = new LinkedHashMap<>();
		branches.forEach((key, stages) -> ending.put(key, Branch.ending(stages)));
		return branch("route", classifier, ending).end();
	}

	private <K, R> Flow<R> branch(String kind, Mapper<? super T, ? extends K> classifier,
			Map<K, Branch<T, R>> branches) {
		check(kind, !branches.isEmpty(), "it has no branch: add one for each class that its classifier can give");
		Mapper<Object, ?> untyped = untyped(classifier);
		List<Stage.Limb> limbs = new ArrayList<>();
		branches.forEach((key, branch) -> {
			check(kind, key != null && branch != null,
					"a branch or its class is null: give each class that its classifier can give a branch");
			limbs.add(limb(kind, key, branch.stages(), branch.isReturning()));
		});
		return then(new Stage(new StageInfo(kind), limbs, null, (stage, assembly, next) -> {
			Map<Object, Step> steps = new LinkedHashMap<>();
			stage.limbs()
				.forEach((limb) -> steps.put(Objects.requireNonNull(limb.key()), assembly.assemble(limb, next)));
			return new RouteStep(stage.info(), assembly.run(), untyped, steps);
		}));
	}

	/**
	 * Hands each element to all of several branches, each of which ends.
	 * @param branches adds the stages of a branch, the last of which ends it
	 * @return the pipeline
	 */
	@SafeVarargs
	public final Pipeline broadcast(Function<Flow<T>, Pipeline>... branches) {
		check("broadcast", branches.length > 0, "it has no branch: add at least one");
		List<Stage.Limb> limbs = new ArrayList<>();
		for (Function<Flow<T>, Pipeline> branch : branches) {
			limbs.add(limb("broadcast", null, branch, false));
		}
		return then(new Stage(new StageInfo("broadcast"), limbs, null,
				(stage, assembly, next) -> new BroadcastStep(stage.info(),
						stage.limbs().stream().map((limb) -> assembly.assemble(limb, next)).toList())))
			.end();
	}

	private Stage.Limb limb(String kind, @Nullable Object key, Function<Flow<T>, ?> stages, boolean returning) {
		Pipeline.Root root = this.root.branch();
		Object branch = stages.apply(new Flow<>(root, List.of()));
		if (branch instanceof Flow<?> flow && flow.root == root) {
			return new Stage.Limb(key, flow.stages, returning);
		}
		if (branch instanceof Pipeline pipeline && pipeline.root() == root) {
			check(kind, !pipeline.hasSideDoor(),
					"a branch has a side door of its own: give onFailure and its limits to the whole pipeline");
			return new Stage.Limb(key, pipeline.stages(), returning);
		}
		throw new InvalidPipelineException(this.root.pipeline(), "stage " + kind,
				"a branch has no end: what adds its stages must begin with the flow that it is given, and return what"
						+ " the last stage gives");
	}

	/**
	 * Publishes each element, whose class declares its media type, and hands it on when
	 * the broker has confirmed it. At most 100 are unconfirmed at a time. A {@link Batch}
	 * is published in as few calls as possible; what the broker refuses of it fails
	 * alone.
	 * @param producer the producer
	 * @return the flow of the elements, to be ended with {@link #end()} if there is
	 * nothing more to do
	 */
	public Flow<T> publish(SnsProducer producer) {
		return publish(producer, (element) -> Publication.NO_KEY);
	}

	/**
	 * Publishes each element as {@link #publish(SnsProducer)} does, those of a key one
	 * after the other, in their order. A {@link Batch} needs none: whoever brings it
	 * waits until the broker has answered, and brings the next one then.
	 * @param producer the producer
	 * @param key the key of an element, which no batch is asked for
	 * @return the flow of the elements
	 */
	public Flow<T> publish(SnsProducer producer, Mapper<? super T, ?> key) {
		return publish(Publication.through(producer, untyped(key)));
	}

	/**
	 * Publishes each element to a destination, as {@link #publish(SnsProducer)} does.
	 * Messages of one group are sent one after the other, in their order.
	 * @param destination the destination
	 * @param message makes the message of an element
	 * @return the flow of the elements
	 */
	public Flow<T> publish(Destination destination, Mapper<? super T, OutboundMessage> message) {
		return publish(Publication.to(destination, untyped(message)));
	}

	private Flow<T> publish(Publication publication) {
		return then("publish",
				(stage, assembly, next) -> new PublishStep(stage.info(), assembly.run(), publication, next));
	}

	/**
	 * Ends the pipeline: an element is done when a function has returned for it.
	 * @param action the function
	 * @return the pipeline
	 */
	@SuppressWarnings("unchecked")
	public Pipeline to(Action<? super T> action) {
		Action<Object> untyped = (Action<Object>) Objects.requireNonNull(action);
		return then("to", (stage, assembly, next) -> new EndStep(stage.info(), assembly.run(), untyped, next)).end();
	}

	/**
	 * Ends the pipeline: an element is done when it has come out of the last stage.
	 * @return the pipeline
	 */
	public Pipeline end() {
		if (this.stages.isEmpty() && !this.root.isBranch()) {
			throw new InvalidPipelineException(this.root.pipeline(), "its end",
					"it has no stage, so it would acknowledge all messages: add what is to be done with them");
		}
		return Pipeline.of(this.root, this.stages);
	}

	/**
	 * Names the last stage.
	 * @param name the name, under which its numbers are shown; of its own in the pipeline
	 * @return this flow
	 */
	public Flow<T> named(String name) {
		return last("named", (info) -> info.withName(Pipeline.checkedName(this.root.pipeline(), name)));
	}

	/**
	 * Has the last stage try an element again that its function has failed on, in its
	 * place, before it counts as failed. Neither what a function rejects is tried again,
	 * nor what it wants to be delivered again, nor, in {@link #flatMap}, what fails among
	 * the parts.
	 * @param attempts the number of further attempts, at least 1
	 * @param backoff the waiting time before each
	 * @return this flow
	 */
	public Flow<T> retry(int attempts, BackoffPolicy backoff) {
		check("retry", attempts >= 1, "there must be at least 1 further attempt, not " + attempts);
		return failing("retry", (info) -> info.withRetry(new Retry(attempts, backoff)));
	}

	/**
	 * Tells the exceptions of the last stage with which an element can never succeed,
	 * such as those of a parser: it becomes what {@link Pipeline#onFailure} takes, or
	 * else its message becomes a dead letter, without further attempts.
	 * @param rejects tells these exceptions
	 * @return this flow
	 */
	public Flow<T> rejecting(Predicate<? super Throwable> rejects) {
		return failing("rejecting", (info) -> info.withRejects(rejects::test));
	}

	private Flow<T> failing(String what, Function<StageInfo, StageInfo> change) {
		return last(what, (info) -> {
			check(what, info.calling(), "the " + info.kind()
					+ " before it calls no function that could fail: put it behind the stage that works on the batches");
			return change.apply(info);
		});
	}

	private Flow<T> last(String what, Function<StageInfo, StageInfo> change) {
		check(what, !this.stages.isEmpty(), "there is no stage that it could be about: put it behind one");
		List<Stage> changed = new ArrayList<>(this.stages);
		Stage last = changed.remove(changed.size() - 1);
		changed.add(last.with(change.apply(last.info())));
		return new Flow<>(this.root, List.copyOf(changed));
	}

	private <R> Flow<R> then(String kind, Stage.Factory factory) {
		return then(new Stage(kind, factory));
	}

	private <R> Flow<R> then(Stage stage) {
		List<Stage> longer = new ArrayList<>(this.stages);
		longer.add(stage);
		return new Flow<>(this.root, List.copyOf(longer));
	}

	private void check(String stage, boolean condition, String fault) {
		if (!condition) {
			throw new InvalidPipelineException(this.root.pipeline(), "stage " + stage, fault);
		}
	}

	// The types of the stages fit together, as the compiler has seen.
	@SuppressWarnings("unchecked")
	private static Mapper<Object, ?> untyped(Mapper<?, ?> function) {
		return (Mapper<Object, ?>) Objects.requireNonNull(function);
	}

}
