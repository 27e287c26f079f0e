package io.pubsub.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * Publishes elements without waiting for each, up to a number that nobody has confirmed
 * yet. Of one key, one is under way at a time. An element is handed on when it is
 * confirmed.
 */
final class PublishStep extends UserStep {

	private static final Object ORDER = new Object();

	private final ReentrantLock lock = new ReentrantLock();

	// Those of a key that wait for the one that is under way, which is not among them.
	@GuardedBy("lock")
	private final Map<Object, Deque<Letter>> keys = new HashMap<>();

	// Those that wait to be published again.
	private final Set<Letter> pausing = ConcurrentHashMap.newKeySet();

	private final Publication publication;

	private final Mapper<Object, ?> key;

	private final Gate gate;

	private final Room confirmed;

	private final Step next;

	PublishStep(StageInfo stage, Run run, Publication publication, Step next) {
		super(stage, run);
		this.publication = publication;
		this.key = lookUp("key", publication.key());
		this.next = next;
		this.gate = run.gate(publication.maxUnconfirmed());
		this.confirmed = run.room(1, publication.maxUnconfirmed(), this::goOn);
	}

	@Override
	boolean actsOutside(Object value) {
		return true;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		if (value instanceof Batch<?> && this.publication.ofBatches() != null) {
			acceptBatch(this.publication.ofBatches(), value, lineage, carrier);
			return;
		}
		Object content = call(this.publication.content(), value, lineage, carrier);
		Object key = (content != null) ? call((element) -> this.key.apply(content), value, lineage, carrier) : null;
		if (content == null || key == null) {
			return;
		}
		if (!this.gate.enter(lineage, carrier)) {
			drop(lineage);
			return;
		}
		Letter letter = new Letter(key, value, content, lineage);
		if (hasTurn(letter)) {
			send(letter, carrier);
		}
	}

	private void acceptBatch(Mapper<Object, ?> publish, Object batch, Lineage lineage, Carrier carrier) {
		Object published = call(publish, batch, lineage, carrier);
		if (published != null) {
			meter().done();
			this.next.accept(published, lineage, carrier);
		}
	}

	private boolean hasTurn(Letter letter) {
		if (Publication.NO_KEY.equals(letter.key)) {
			return true;
		}
		this.lock.lock();
		try {
			Deque<Letter> waiting = this.keys.get(letter.key);
			if (waiting != null) {
				waiting.add(letter);
				return false;
			}
			this.keys.put(letter.key, new ArrayDeque<>(1));
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Letter nextOf(Object key) {
		this.lock.lock();
		try {
			Deque<Letter> waiting = this.keys.get(key);
			Letter next = (waiting != null) ? waiting.poll() : null;
			if (next == null) {
				this.keys.remove(key);
			}
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(Letter letter, Carrier carrier) {
		Object stage = call((value) -> publish(letter, carrier), letter.value, letter.lineage, carrier);
		if (stage == null) {
			this.gate.leave();
			sendNext(letter, carrier);
			return;
		}
		CompletionStage<?> unused = ((CompletionStage<?>) stage).whenComplete((result, thrown) -> {
			letter.thrown = thrown;
			this.confirmed.force(ORDER, letter, letter.lineage).run();
		});
	}

	// What is thrown at once counts as an attempt like what is told later.
	private CompletionStage<?> publish(Letter letter, Carrier carrier) throws Exception {
		try {
			return this.publication.publish().apply(letter.content);
		}
		catch (Exception ex) {
			if (carrier.isInterrupted()) {
				throw ex;
			}
			return CompletableFuture.failedStage(ex);
		}
	}

	private void goOn(Object element, @Nullable Lineage lineage, Carrier carrier) {
		Letter letter = (Letter) element;
		if (letter.again) {
			letter.again = false;
			sendAgain(letter, carrier);
			return;
		}
		Throwable thrown = letter.thrown;
		if (thrown == null) {
			this.gate.leave();
			sendNext(letter, carrier);
			meter().done();
			this.next.accept(letter.value, letter.lineage, carrier);
		}
		else {
			failed(letter,
					(thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause() : thrown,
					carrier);
		}
	}

	private void sendAgain(Letter letter, Carrier carrier) {
		if (letter.lineage.isOver() || run().isDraining()) {
			this.gate.leave();
			notTriedAgain(letter.lineage);
			sendNext(letter, carrier);
		}
		else {
			meter().retried();
			send(letter, carrier);
		}
	}

	private void failed(Letter letter, Throwable thrown, Carrier carrier) {
		Retry retry = stage().retry();
		if (retry != null && retry.applies(letter.attempt, thrown) && !stage().rejects().test(thrown)) {
			run().logFailure(stage(), letter.lineage, thrown);
			letter.again = true;
			this.pausing.add(letter);
			Timekeeper.Task unused = run().after(retry.delay(letter.attempt++), () -> endPause(letter));
			if (letter.lineage.isOver() || run().isDraining()) {
				endPause(letter);
			}
			return;
		}
		this.gate.leave();
		carrier.enter(this, letter.lineage);
		fail(letter.value, letter.lineage, thrown, carrier);
		sendNext(letter, carrier);
	}

	private void endPause(Letter letter) {
		if (this.pausing.remove(letter)) {
			this.confirmed.force(ORDER, letter, letter.lineage).run();
		}
	}

	/**
	 * Ends the pauses: what would be published again is handed back.
	 */
	@Override
	void flush() {
		if (run().isDraining()) {
			this.pausing.forEach(this::endPause);
		}
	}

	@Override
	void endWhatIsOver() {
		this.pausing.stream().filter((letter) -> letter.lineage.isOver()).forEach(this::endPause);
	}

	private void sendNext(Letter letter, Carrier carrier) {
		if (!Publication.NO_KEY.equals(letter.key)) {
			Letter next = nextOf(letter.key);
			if (next != null) {
				send(next, carrier);
			}
		}
	}

	@Override
	long waiting() {
		// In this order, or more may have gone than had come.
		long gone = this.gate.finished();
		return this.gate.entered() - gone;
	}

	/**
	 * An element on its way out. It belongs to one thread at a time.
	 */
	private static final class Letter {

		private final Object key;

		private final Object value;

		private final Object content;

		private final Lineage lineage;

		private int attempt = 1;

		private volatile boolean again;

		private volatile @Nullable Throwable thrown;

		Letter(Object key, Object value, Object content, Lineage lineage) {
			this.key = key;
			this.value = value;
			this.content = content;
			this.lineage = lineage;
		}

	}

}
