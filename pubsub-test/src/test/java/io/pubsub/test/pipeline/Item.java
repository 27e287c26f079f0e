package io.pubsub.test.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An element, which knows the deliveries that it was derived from.
 *
 * @param tokens the deliveries
 * @param path the way that it was derived in, as a number
 * @param budget the number of elements that may be derived from it
 */
record Item(Set<Token> tokens, long path, int budget) {

	static Item joined(Collection<Item> items) {
		Set<Token> tokens = new HashSet<>();
		items.forEach((item) -> tokens.addAll(item.tokens()));
		return new Item(tokens, items.iterator().next().path(), 1);
	}

	Item child(int number, int siblings) {
		return new Item(this.tokens, this.path * 31 + number + 1, Math.max(this.budget / Math.max(siblings, 1), 1));
	}

	void open(int leaves) {
		each((token) -> token.open(leaves));
	}

	void end() {
		end(1);
	}

	void end(int leaves) {
		each((token) -> token.end(leaves));
	}

	void each(Consumer<Token> action) {
		this.tokens.forEach(action);
	}

	int attempts() {
		return this.tokens.stream().mapToInt(Token::attempt).sum();
	}

	boolean isLastAttempt() {
		return this.tokens.stream().allMatch(Token::isLastAttempt);
	}

	// Two of the same path in two branches are two elements.
	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.path);
	}

	@Override
	public String toString() {
		return "Item[" + this.path + "]";
	}

}
