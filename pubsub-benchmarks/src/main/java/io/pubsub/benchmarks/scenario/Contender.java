package io.pubsub.benchmarks.scenario;

/**
 * The contenders.
 */
public enum Contender {

	/** A loop on the asynchronous client of the SDK: what everything else is held to. */
	RAW("raw", 100),

	/** {@code @SqsListener} of Spring Cloud AWS as it comes. */
	SQS_LISTENER("sqs-listener", 10),

	/** {@code @SqsListener} of Spring Cloud AWS, tuned for throughput. */
	SQS_LISTENER_TUNED("sqs-listener-tuned", 100),

	/** The container of java-dynamic-sqs-listener, without Spring. */
	DYNAMIC_SQS("dynamic-sqs", 100),

	/** The templates of Spring Cloud AWS for SNS. */
	SNS_TEMPLATE("sns-template", 1),

	/** Threads and bounded queues, with a hand-over for each element. */
	HAND("hand", 100),

	/** Threads and bounded queues, with hand-overs of what has gathered, up to 64. */
	HAND_CHUNKS("hand-chunks", 100),

	/** Reactor, with a signal for each element. */
	REACTOR("reactor", 100),

	/** Reactor, with signals for what has gathered, up to 64. */
	REACTOR_CHUNKS("reactor-chunks", 100),

	/** A loop over a folder or a table, one file or row after the other. */
	NAIVE("naive", 1),

	/** This library as it comes. */
	PUBSUB("pubsub", 10),

	/** This library as it comes, as two processes. */
	PUBSUB_TWO("pubsub-2-processes", 10),

	/** This library as it comes, as three processes. */
	PUBSUB_THREE("pubsub-3-processes", 10),

	/** A pipeline of this library as it comes. */
	PUBSUB_PIPELINE("pubsub-pipeline", 100),

	/** A pipeline of this library that takes envelopes off and validates. */
	PUBSUB_PIPELINE_SCHEMA("pubsub-pipeline-schema", 100),

	/** This library with a concurrency of 100. */
	PUBSUB_TUNED("pubsub-tuned", 100);

	private final String label;

	private final int concurrency;

	Contender(String label, int concurrency) {
		this.label = label;
		this.concurrency = concurrency;
	}

	/**
	 * Return the number of messages that it handles at once, where the scenario does not
	 * say.
	 * @return the number
	 */
	public int concurrency() {
		return this.concurrency;
	}

	/**
	 * Return the number of processes that it runs as.
	 * @return the number
	 */
	public int processes() {
		return switch (this) {
			case PUBSUB_TWO -> 2;
			case PUBSUB_THREE -> 3;
			default -> 1;
		};
	}

	/**
	 * Whether it is this library.
	 * @return {@code true} for one of ours
	 */
	public boolean isOurs() {
		return switch (this) {
			case PUBSUB, PUBSUB_TWO, PUBSUB_THREE, PUBSUB_TUNED, PUBSUB_PIPELINE, PUBSUB_PIPELINE_SCHEMA -> true;
			default -> false;
		};
	}

	/**
	 * Whether it is another library, and not made by hand to measure by.
	 * @return {@code true} for a peer
	 */
	public boolean isPeer() {
		return !isOurs() && this != RAW && this != NAIVE && this != HAND && this != HAND_CHUNKS;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
