package io.pubsub.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline of somebody who wants nothing but throughput: a thread that decodes, one
 * for each lane, one that collects, and bounded queues between them. It has no retries,
 * no metrics, and does not stop.
 */
final class HandPipeline {

	private static final Logger logger = LoggerFactory.getLogger(HandPipeline.class);

	private final Hop<Integer> messages;

	private final List<Hop<Word>> lanes;

	private final Hop<Counted> counted;

	private final Words words;

	private final Tap tap;

	private final Collector collector;

	/**
	 * Make a pipeline.
	 * @param setup the setup of the contender
	 * @param chunk the most elements that are handed over at once
	 */
	HandPipeline(Setup setup, int chunk) {
		this.messages = new Hop<>(Integer.MAX_VALUE, chunk);
		this.lanes = Stream.generate(() -> new Hop<Word>(Setup.CAPACITY, chunk)).limit(Setup.LANES).toList();
		this.counted = new Hop<>(Setup.CAPACITY, chunk);
		this.words = new Words(setup.messages());
		this.tap = setup.tap();
		this.collector = new Collector(setup.sink(), this.tap);
	}

	void start() {
		start("decoder", this::decode);
		this.lanes.forEach((lane) -> start("lane", () -> count(lane)));
		start("collector", this::collect);
		this.tap.open(this.messages::putUnlimited);
	}

	private static void start(String name, Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (InterruptedException ex) {
				logger.error("The thread {} was interrupted", name, ex);
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void decode() throws InterruptedException {
		List<Integer> taken = new ArrayList<>();
		while (true) {
			this.messages.take(taken, Long.MAX_VALUE);
			List<List<Word>> sorted = this.words.byLane(taken);
			taken.clear();
			for (int lane = 0; lane < Setup.LANES; lane++) {
				this.lanes.get(lane).put(sorted.get(lane));
			}
		}
	}

	private void count(Hop<Word> lane) throws InterruptedException {
		List<Word> taken = new ArrayList<>();
		List<Counted> results = new ArrayList<>();
		while (true) {
			lane.take(taken, Long.MAX_VALUE);
			for (Word word : taken) {
				results.add(this.words.count(word));
			}
			taken.clear();
			this.counted.put(results);
			results.clear();
		}
	}

	private void collect() throws InterruptedException {
		List<Counted> taken = new ArrayList<>();
		while (true) {
			this.counted.take(taken, this.collector.nanosLeft());
			this.collector.add(taken);
			taken.clear();
		}
	}

	/**
	 * The work of a thread.
	 */
	@FunctionalInterface
	private interface Work {

		void run() throws InterruptedException;

	}

}
