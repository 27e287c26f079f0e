package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.pubsub.IgnoreMessageException;
import io.pubsub.NackException;
import io.pubsub.RejectMessageException;
import io.pubsub.SkipMessageException;
import io.pubsub.pipeline.FailedElement;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the functions of a pipeline do, by chance, and keeps account of what must
 * become of the deliveries: against it, the settlements are checked.
 */
final class Ledger {

	static final int MAX_ATTEMPTS = 4;

	static final BackoffPolicy BACKOFF = (attempt) -> Duration.ofSeconds(attempt);

	private static final int CHANCES = 10_000;

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final Map<String, Token> underWay = new ConcurrentHashMap<>();

	private final Queue<Token> tokens = new ConcurrentLinkedQueue<>();

	private final Map<List<Object>, AtomicInteger> calls = new ConcurrentHashMap<>();

	private final long seed;

	private final int failing;

	private final boolean sideDoor;

	private final AtomicInteger unconfirmed = new AtomicInteger();

	private volatile boolean stopping;

	/**
	 * Makes a ledger.
	 * @param seed the seed of all that happens
	 * @param failing the number of calls among 10,000 that go wrong
	 * @param sideDoor whether the pipeline has a side door
	 */
	Ledger(long seed, int failing, boolean sideDoor) {
		this.seed = seed;
		this.failing = failing;
		this.sideDoor = sideDoor;
	}

	void report(String fault) {
		this.faults.add(fault);
	}

	Queue<String> faults() {
		return this.faults;
	}

	void stopping(boolean stopping) {
		this.stopping = stopping;
	}

	boolean isStopping() {
		return this.stopping;
	}

	void unconfirmed(int more) {
		this.unconfirmed.addAndGet(more);
	}

	boolean isAllConfirmed() {
		return this.unconfirmed.get() == 0;
	}

	Token token(String messageId, int attempt) {
		Token token = new Token(this, messageId, attempt);
		this.tokens.add(token);
		return token;
	}

	void begin(String messageId, Token token) {
		token.begin();
		Token before = this.underWay.put(messageId, token);
		if (before != null && before.isUnderWay()) {
			report(token + " begins beside " + before);
		}
	}

	void expectAllEnded() {
		this.tokens.forEach(Token::expectEnd);
	}

	Item admit(String messageId) {
		Token token = this.underWay.get(messageId);
		if (token == null) {
			throw new IllegalStateException("no delivery has begun");
		}
		token.open(1);
		return new Item(Set.of(token), messageId.hashCode(), 60);
	}

	/**
	 * A number that is the same for the same element in the same stage and attempt.
	 */
	int chance(int stage, Item item, int bound) {
		long hash = this.seed + stage * 0x9E3779B97F4A7C15L + item.path() * 0xC2B2AE3D27D4EB4FL + item.attempts();
		hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
		hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
		return (int) Long.remainderUnsigned(hash ^ (hash >>> 31), bound);
	}

	/**
	 * Calls a function of the pipeline with an element, or fails.
	 * @param stage the number of the stage
	 * @param retries the number of further tries of the stage
	 * @param item the element
	 * @param members the elements that fail with it: itself, or those of a batch
	 * @param body the function
	 */
	<R> R call(int stage, int retries, Item item, List<Item> members, Body<R> body) throws Exception {
		item.each(Token::enter);
		try {
			wander(chance(stage, item, 100));
			Exception failure = failure(stage, retries, item, members);
			if (failure != null) {
				throw failure;
			}
			return body.get();
		}
		finally {
			item.each(Token::leave);
		}
	}

	// Threads go their ways, some of them slowly.
	static void wander(int chance) {
		if (chance < 20) {
			Thread.yield();
		}
		else if (chance < 24) {
			LockSupport.parkNanos(50_000L * chance);
		}
	}

	private @Nullable Exception failure(int stage, int retries, Item item, List<Item> members) {
		int chance = chance(stage + 1000, item, CHANCES);
		if (chance >= this.failing) {
			return null;
		}
		int kind = chance % 7;
		if (kind >= 5) {
			return flaky(stage, retries, item, members, kind - 3);
		}
		Exception failure = exception(kind, chance);
		return (kind == 0) ? flaky(stage, retries, item, members, Integer.MAX_VALUE) : failed(members, failure);
	}

	private @Nullable Exception flaky(int stage, int retries, Item item, List<Item> members, int failures) {
		int call = this.calls.computeIfAbsent(List.of(stage, item), (key) -> new AtomicInteger()).incrementAndGet();
		if (call > failures) {
			return null;
		}
		Exception failure = exception(0, call);
		if (call <= retries) {
			members.forEach((member) -> member.each(Token::mayFail));
			return failure;
		}
		return failed(members, failure);
	}

	private static Exception exception(int kind, int number) {
		return switch (kind) {
			case 1 -> new NackException((number % 2 == 0) ? null : Duration.ofMillis(number % 5 * 700L), "again");
			case 2 -> new RejectMessageException("never");
			case 3 -> new SkipMessageException("nothing to do");
			case 4 -> new IgnoreMessageException("nobody's");
			default -> new IllegalStateException("failed");
		};
	}

	/**
	 * Notes that elements fail, each with the same exception.
	 */
	Exception failed(List<Item> members, Exception failure) {
		members.forEach((member) -> failed(member, failure));
		return failure;
	}

	private void failed(Item item, Exception failure) {
		if (failure instanceof NackException nack) {
			item.each((token) -> token.nacked(nack.delay()));
		}
		else if (failure instanceof RejectMessageException) {
			if (!this.sideDoor) {
				item.each(Token::rejected);
			}
		}
		else if (!(failure instanceof SkipMessageException || failure instanceof IgnoreMessageException)
				&& !(this.sideDoor && item.isLastAttempt())) {
			item.each(Token::failed);
		}
		item.end();
	}

	/**
	 * The side door, which does not take all that it should.
	 */
	void takeAside(FailedElement failed) {
		Item item = (Item) failed.element();
		if (chance(77, item, 5) == 0) {
			item.each((token) -> token.nacked(null));
			throw new IllegalStateException("not taken");
		}
	}

	/**
	 * The rest of a function.
	 *
	 * @param <R> the type of its result
	 */
	@FunctionalInterface
	interface Body<R> {

		R get() throws Exception;

	}

}
