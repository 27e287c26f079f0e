package io.pubsub.sample.demo;

import java.net.URI;
import java.util.function.Supplier;

/**
 * The addresses that the running daemon has.
 *
 * @param actuator the address of its actuator, known when the daemon has started
 * @param sns the address of SNS
 * @param sqs the address of SQS
 */
record Addresses(Supplier<String> actuator, URI sns, URI sqs) {

	@Override
	public String toString() {
		return "actuator at %s, SNS at %s, SQS at %s".formatted(this.actuator.get(), this.sns, this.sqs);
	}

}
