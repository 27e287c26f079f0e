package io.pubsub.sample.demo;

import java.time.Duration;
import java.time.Instant;

import io.pubsub.MediaType;
import io.pubsub.UriMessage;
import io.pubsub.publish.SnsProducer;
import io.pubsub.sample.Announcer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Publishes the bundled input, waits until all of it is handled, and says what became of
 * it.
 */
final class Demonstration implements ApplicationRunner, ExitCodeGenerator {

	private static final Logger logger = LoggerFactory.getLogger(Demonstration.class);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final MediaType SHIPMENT = new MediaType("application/vnd.example.pubsub._.created.shipment");

	private final DemoInput input;

	private final Announcer announcer;

	private final SnsProducer producer;

	private final ForeignProgram foreignProgram;

	private final Courier courier;

	private final OutcomeTally tally;

	private final DrainWatch drainWatch;

	private final Addresses addresses;

	private boolean drained;

	Demonstration(DemoInput input, Announcer announcer, SnsProducer producer, ForeignProgram foreignProgram,
			Courier courier, OutcomeTally tally, DrainWatch drainWatch, Addresses addresses) {
		this.input = input;
		this.announcer = announcer;
		this.producer = producer;
		this.foreignProgram = foreignProgram;
		this.courier = courier;
		this.tally = tally;
		this.drainWatch = drainWatch;
		this.addresses = addresses;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		logger.info("The daemon is up: {}", this.addresses);
		Instant start = Instant.now();
		publish();
		this.drained = this.drainWatch.await(size() + this.input.reservations(), PATIENCE);
		summarize(Duration.between(start, Instant.now()));
		if (!args.containsOption("once")) {
			logger.info(
					"The daemon stays up until Ctrl+C. Look at it with curl -s {}, or publish one more message, from"
							+ " another terminal:\n\n{}\n",
					this.addresses.actuator().get(), this.foreignProgram.command());
		}
	}

	private void publish() {
		logger.info("Publishing {} messages, {} of them as a foreign program would", size(),
				this.input.foreign().size());
		this.input.notices().forEach(this.announcer::announce);
		this.producer.produceAll(this.input.orders()).orThrow();
		this.producer.produce(SHIPMENT, new UriMessage(this.courier.shipment()));
		this.input.foreign().forEach(this.foreignProgram::publish);
	}

	private int size() {
		return this.input.size() + 1;
	}

	private void summarize(Duration elapsed) {
		if (this.drained) {
			logger.info(
					"Drained {} messages, {} of them published by handlers, in {} ms. The outcomes of their"
							+ " deliveries:\n\n{}\n",
					size() + this.input.reservations(), this.input.reservations(), elapsed.toMillis(),
					this.tally.table());
		}
		else {
			logger.warn("Not drained after {} s. The outcomes of the deliveries so far:\n\n{}\n", PATIENCE.toSeconds(),
					this.tally.table());
		}
	}

	@Override
	public int getExitCode() {
		return this.drained ? 0 : 1;
	}

}
