package io.pubsub.test;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

/**
 * The queue of a pipeline under test, and all that is seen of the pipeline from outside:
 * what comes out of its stages, and its outcomes. A {@link PipelineTester} is made of it
 * when the pipeline itself is wired elsewhere, as in {@code @PubSubTest}.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PipelineProbe {

	private final Queue<Passage> passages = new ConcurrentLinkedQueue<>();

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final InMemoryQueue queue;

	/**
	 * Makes a probe, with an empty queue.
	 * @param clock the time of the queue
	 */
	public PipelineProbe(TestClock clock) {
		this.queue = new InMemoryQueue(clock);
	}

	/**
	 * The source that the pipeline consumes.
	 * @param maxInFlight the number of messages that are in the pipeline at once
	 * @param backoff the policy for the next delivery of a failed message, which never
	 * comes before the clock is moved
	 * @return the source
	 */
	public Source source(int maxInFlight, BackoffPolicy backoff) {
		return this.queue.source(maxInFlight, PubSubTester.notAtOnce(backoff));
	}

	/**
	 * Has a pipeline seen by this probe.
	 * @param builder the builder of the receiver that runs the pipeline
	 */
	public void attach(PipelineReceiver.Builder builder) {
		builder.listeners(List.of(this.outcomes))
			.stageListener((stage, element) -> this.passages.add(new Passage(stage, element)));
	}

	/**
	 * The elements that have come out of a stage.
	 * @param stage the name of the stage
	 * @return the elements, in the order in which they came
	 */
	public List<Object> out(String stage) {
		return this.passages.stream().filter((passage) -> passage.stage().equals(stage)).map(Passage::element).toList();
	}

	/**
	 * The outcomes of all deliveries.
	 * @return the outcomes, for {@link PubSubAssertions}
	 */
	public OutcomeRecorder outcomes() {
		return this.outcomes;
	}

	/**
	 * The queue that the pipeline consumes.
	 * @return the queue
	 */
	public InMemoryQueue queue() {
		return this.queue;
	}

	/**
	 * Forgets the messages that wait, and what was seen.
	 */
	void clear() {
		this.queue.clear();
		this.outcomes.clear();
		this.passages.clear();
	}

	private record Passage(String stage, Object element) {

	}

}
