package io.pubsub.benchmarks.scenario;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One measurement that is to be made.
 *
 * @param contender the contender
 * @param scenario the scenario
 * @param messages the number of messages that are measured
 * @param endpoint the endpoint of SQS, or of SNS if messages are published
 * @param storage the endpoint of S3, if there are objects
 * @param address the URL of the queue, or the ARN of the topic
 * @param timeoutSeconds the seconds after which it is given up
 */
public record Job(Contender contender, Scenario scenario, int messages, URI endpoint, @Nullable URI storage,
		String address, long timeoutSeconds) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Return the number of messages before those that are measured.
	 * @return the number
	 */
	public int warmUp() {
		return this.scenario.warmUp(this.messages);
	}

	/**
	 * Return the number of all messages.
	 * @return the number
	 */
	public int total() {
		return warmUp() + this.messages;
	}

	/**
	 * Return the number of those that arrive one after the other, and not before the
	 * start.
	 * @return the number
	 */
	public int paced() {
		return this.scenario.paced(this.messages);
	}

	/**
	 * Return the number of messages that are handled at once.
	 * @return the number
	 */
	public int concurrency() {
		return this.scenario.concurrency(this.contender);
	}

	/**
	 * Write the job as the argument of a process.
	 * @return the argument
	 */
	public String toArgument() {
		return JSON.writeValueAsString(this);
	}

	/**
	 * Read what {@link #toArgument()} has written.
	 * @param argument the argument
	 * @return the job
	 */
	public static Job ofArgument(String argument) {
		return JSON.readValue(argument, Job.class);
	}

}
