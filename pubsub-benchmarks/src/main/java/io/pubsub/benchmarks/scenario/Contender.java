package io.pubsub.benchmarks.scenario;

/**
 * What takes part.
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

	/** This library as it comes. */
	PUBSUB("pubsub", 10),

	/** This library with a concurrency of 100. */
	PUBSUB_TUNED("pubsub-tuned", 100);

	private final String label;

	private final int concurrency;

	Contender(String label, int concurrency) {
		this.label = label;
		this.concurrency = concurrency;
	}

	/**
	 * Return how many messages it handles at once, where the scenario does not say.
	 * @return the number
	 */
	public int concurrency() {
		return this.concurrency;
	}

	/**
	 * Whether it is this library.
	 * @return {@code true} for one of ours
	 */
	public boolean isOurs() {
		return this == PUBSUB || this == PUBSUB_TUNED;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
