package io.pubsub.test;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.source.Feed;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * {@link Feed} that answers as a test has said, and then with nothing.
 */
final class ScriptedFeed implements Feed {

	final Queue<Callable<List<InboundMessage>>> answers = new ConcurrentLinkedQueue<>();

	final List<Integer> asked = new CopyOnWriteArrayList<>();

	final List<String> told = new CopyOnWriteArrayList<>();

	final List<Failure> failures = new CopyOnWriteArrayList<>();

	final List<String> threads = new CopyOnWriteArrayList<>();

	volatile @Nullable RuntimeException refusal;

	final Queue<List<Result>> batches = new ConcurrentLinkedQueue<>();

	final Set<String> expired = ConcurrentHashMap.newKeySet();

	volatile boolean finite;

	volatile @Nullable Signals signals;

	volatile boolean closed;

	// The group of "a/1" is "a".
	static InboundMessage message(String id) {
		String group = id.contains("/") ? id.substring(0, id.indexOf('/')) : null;
		return new InboundMessage(id, "{}", Map.of(), group, null);
	}

	ScriptedFeed gives(String... ids) {
		this.answers.add(() -> Stream.of(ids).map(ScriptedFeed::message).toList());
		return this;
	}

	@Override
	public List<InboundMessage> next(int most) throws Exception {
		this.asked.add(most);
		this.threads.add(Thread.currentThread().getName());
		Callable<List<InboundMessage>> answer = this.answers.poll();
		return (answer != null) ? answer.call() : List.of();
	}

	@Override
	public void open(Signals signals) {
		this.signals = signals;
	}

	Signals signals() {
		return Objects.requireNonNull(this.signals);
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public Map<String, Throwable> settle(List<Result> results) throws Exception {
		this.batches.add(results);
		return Feed.super.settle(results);
	}

	@Override
	public boolean holds(String id) {
		return !this.expired.contains(id);
	}

	@Override
	public void succeeded(String id) {
		this.told.add(id + " succeeded");
		refuse();
	}

	@Override
	public void failed(String id, Failure failure) {
		this.told.add(id + " " + failure.kind());
		this.failures.add(failure);
		refuse();
	}

	private void refuse() {
		RuntimeException refusal = this.refusal;
		if (refusal != null) {
			throw refusal;
		}
	}

	@Override
	public boolean hasEnded() {
		return this.finite && this.answers.isEmpty();
	}

}
