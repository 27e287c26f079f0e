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
		return "console at %1$s-console, actuator at %1$s, SNS at %2$s, SQS at %3$s".formatted(this.actuator.get(),
				this.sns, this.sqs);
	}

}
