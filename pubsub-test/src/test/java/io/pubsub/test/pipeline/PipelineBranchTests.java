package io.pubsub.test.pipeline;

import java.util.Map;

import io.pubsub.pipeline.Branch;
import io.pubsub.pipeline.Flow;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the branches of a pipeline.
 */
class PipelineBranchTests {

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void handsEachElementToTheBranchOfItsClass() {
		this.bench.run(Bench.words()
			.routeTo(String::length, Map.of(1, (branch) -> branch.to((word) -> this.bench.see("short " + word)), 2,
					(branch) -> branch.to((word) -> this.bench.see("long " + word)))));
		assertThat(this.bench.send("a bb c")).isAcked();
		assertThat(this.bench.seen()).containsExactly("short a", "long bb", "short c");
	}

	@Test
	void goesOnWithWhatReturnsFromABranch() {
		Branch<String, String> returning = Branch.returning((branch) -> branch.map((word) -> word + word));
		Branch<String, String> ending = Branch.ending(Flow::end);
		this.bench.run(Bench.words().route(String::length, Map.of(1, returning, 2, ending)).to(this.bench::see));
		assertThat(this.bench.send("a bb c")).isAcked();
		assertThat(this.bench.seen()).containsExactly("aa", "cc");
	}

	@Test
	void failsAnElementOfAClassWithoutBranch() {
		this.bench.run(Bench.words().routeTo(String::length, Map.of(1, (branch) -> branch.to(this.bench::see))));
		assertThat(this.bench.send("bb")).isNacked();
		assertThat(this.bench.outcome(1).cause()).hasMessageContaining("has no branch for this Integer");
	}

	@Test
	void handsEachElementToAllBranches() {
		this.bench.run(Bench.words()
			.broadcast((branch) -> branch.to((word) -> this.bench.see("one " + word)),
					(branch) -> branch.to((word) -> this.bench.see("other " + word))));
		assertThat(this.bench.send("a b")).isAcked();
		assertThat(this.bench.seen()).containsExactly("one a", "other a", "one b", "other b");
	}

	@Test
	void isNotAcknowledgedBeforeAllBranchesHaveEnded() {
		this.bench.run(Bench.words()
			.broadcast((branch) -> branch.to(this.bench::see),
					(branch) -> branch.mapConcurrently(1, (word) -> this.bench.hold("slow", word)).end()));
		Delivery delivery = this.bench.send("slow");
		this.bench.awaitHeld(1);
		assertThat(this.bench.seen()).containsExactly("slow");
		assertThat(delivery).isNotSettled();
		this.bench.release();
		assertThat(delivery).isAcked();
	}

}
