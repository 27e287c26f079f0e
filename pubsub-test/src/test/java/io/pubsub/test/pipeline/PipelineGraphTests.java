package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Branch;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.StageStatistics;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.PipelineTester;
import io.pubsub.test.TestClock;
import io.pubsub.transport.InboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for the graph, the times and the threads that a pipeline shows.
 */
class PipelineGraphTests {

	private static final Duration LONG = Duration.ofHours(2);

	@Test
	void showTheGraphInTheOrderOfTheDefinitionBeforeThePipelineRuns() {
		Map<Boolean, Branch<String, String>> branches = new LinkedHashMap<>();
		branches.put(true, Branch.returning((flow) -> flow.map(String::trim).named("trim")));
		branches.put(false, Branch.ending((flow) -> flow.batch(2, LONG).named("lose").end()));
		Pipeline pipeline = bodies().route(String::isBlank, branches).filter(String::isEmpty).end();
		assertThat(Receivers.of(pipeline).build().statistics().stages())
			.extracting(StageStatistics::name, StageStatistics::next)
			.containsExactly(tuple("map", List.of("route")), tuple("route", List.of("trim", "lose")),
					tuple("trim", List.of("filter")), tuple("lose", List.of()), tuple("filter", List.of()));
	}

	@Test
	void showABranchWithoutStagesAsTheStageBehind() {
		Pipeline pipeline = bodies().route(String::isBlank, Map.of(true, Branch.returning((flow) -> flow)))
			.filter(String::isEmpty)
			.end();
		assertThat(Receivers.of(pipeline).build().statistics().stages()).extracting(StageStatistics::next)
			.containsExactly(List.of("route"), List.of("filter"), List.of());
	}

	@Test
	void showAllBranchesOfABroadcastInTheirOrderWhileThePipelineRuns() {
		Pipeline pipeline = bodies().broadcast((flow) -> flow.map(String::trim).named("one").end(),
				(flow) -> flow.map(String::trim).named("two").end());
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			assertThat(tester.statistics().stages()).extracting(StageStatistics::name)
				.containsExactly("map", "broadcast", "one", "two");
		}
	}

	@Test
	void keepTheNumbersWhenThePipelineStops() {
		PipelineTester tester = PipelineTester.of(bodies().end());
		tester.sendBody("one");
		tester.close();
		assertThat(tester.statistics().stages()).extracting(StageStatistics::done).containsExactly(1L);
	}

	@Test
	void measureTheTimeOfCallsOfEachStage() {
		try (PipelineTester tester = PipelineTester.of(bodies().map(String::trim).end())) {
			tester.advance(Duration.ofSeconds(1));
			tester.sendBody("one");
			assertThat(tester.statistics().stages()).extracting(StageStatistics::measured).containsExactly(1L, 1L);
		}
	}

	@Test
	void aPipelineThatCollectsIsNotStuck() {
		try (PipelineTester tester = PipelineTester.of(bodies().batch(10, LONG).end())) {
			tester.sendBody("one");
			assertThat(tester.daemon().inFlight()).isOne();
			assertThat(tester.daemon().isStuck(Duration.ZERO)).isFalse();
		}
	}

	@Test
	void aPipelineWhoseFunctionHangsIsStuckAndShowsItsThread() {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		InMemoryQueue queue = new InMemoryQueue(new TestClock());
		ConsumerDaemon daemon = new ConsumerDaemon(queue.source(), Receivers.of(bodies().to((body) -> {
			begun.countDown();
			end.await();
		})).build(), Duration.ofSeconds(1));
		daemon.start();
		queue.send("one");
		Awaitility.await().untilAsserted(() -> assertThat(begun.getCount()).isZero());
		assertThat(daemon.isStuck(Duration.ZERO)).isTrue();
		assertThat(daemon.threads()).extracting(Thread::getName).containsExactly("under-test-1");
		end.countDown();
		daemon.stop();
	}

	private static Flow<String> bodies() {
		return Pipeline.named("under-test").fromMessages().map(InboundMessage::body);
	}

}
