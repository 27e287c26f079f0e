package io.pubsub.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Pipelines of Reactor, with a thread that decodes and one for each lane as the others
 * have.
 */
final class ReactorPipeline {

	private final Scheduler decoder = Schedulers.newSingle("decoder", true);

	private final Scheduler lanes = Schedulers.newParallel("lane", Setup.LANES, true);

	private final Scheduler timer = Schedulers.newSingle("timer", true);

	private final Words words;

	private final Tap tap;

	private final Sink sink;

	private ReactorPipeline(Setup setup) {
		this.words = new Words(setup.messages());
		this.tap = setup.tap();
		this.sink = setup.sink();
	}

	/**
	 * Start a pipeline with a signal for each element.
	 * @param setup the setup of the contender
	 */
	static void start(Setup setup) {
		ReactorPipeline pipeline = new ReactorPipeline(setup);
		pipeline.finish(Flux.<Integer>create((signals) -> pipeline.tap.open(signals::next))
			.publishOn(pipeline.decoder)
			.flatMapIterable(pipeline.words::of)
			.groupBy(Word::lane)
			.flatMap((lane) -> lane.publishOn(pipeline.lanes).map(pipeline.words::count), Setup.LANES));
	}

	/**
	 * Start a pipeline with a signal for what has gathered. Reactor gathers by number and
	 * time only, and so the first queue, which does not wait, is the one of the pipelines
	 * by hand.
	 * @param setup the setup of the contender
	 */
	static void startInChunks(Setup setup) {
		ReactorPipeline pipeline = new ReactorPipeline(setup);
		Hop<Integer> messages = new Hop<>(Integer.MAX_VALUE, Setup.CHUNK);
		pipeline.tap.open(messages::putUnlimited);
		pipeline.finish(Flux.<List<Integer>>generate((signals) -> signals.next(gathered(messages)))
			.subscribeOn(pipeline.decoder)
			.flatMapIterable(pipeline::chunks)
			.groupBy((chunk) -> chunk.get(0).lane())
			.flatMap((lane) -> lane.publishOn(pipeline.lanes).map(pipeline::count), Setup.LANES)
			.flatMapIterable((counted) -> counted));
	}

	private static List<Integer> gathered(Hop<Integer> messages) {
		List<Integer> taken = new ArrayList<>();
		try {
			messages.take(taken, Long.MAX_VALUE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("the decoder was interrupted", ex);
		}
		return taken;
	}

	private List<List<Word>> chunks(List<Integer> sequences) {
		List<List<Word>> chunks = new ArrayList<>();
		for (List<Word> lane : this.words.byLane(sequences)) {
			for (int from = 0; from < lane.size(); from += Setup.CHUNK) {
				chunks.add(lane.subList(from, Math.min(from + Setup.CHUNK, lane.size())));
			}
		}
		return chunks;
	}

	private List<Counted> count(List<Word> chunk) {
		List<Counted> counted = new ArrayList<>(chunk.size());
		for (Word word : chunk) {
			counted.add(this.words.count(word));
		}
		return counted;
	}

	private void finish(Flux<Counted> counted) {
		counted.bufferTimeout(Setup.BATCH, Setup.BATCH_TIME, this.timer).subscribe(this::letGo);
	}

	private void letGo(List<Counted> batch) {
		this.sink.write(batch.stream().map(Counted::count).toList());
		for (Counted counted : batch) {
			if (counted.origin().finishOne()) {
				this.tap.acknowledge(counted.origin().sequence());
			}
		}
	}

}
