package io.pubsub.autoconfigure.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.pubsub.aws.sqs.SqsConsumer;
import io.pubsub.aws.sqs.SqsLimits;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.BeanFactory;

/**
 * Receives once and shows what came; the content only when it is asked for.
 */
@Command(name = "read", description = { "Shows up to 10 messages, and hands them back unless it is to delete them.",
		"A message is shown with its id, receive count and media type, a dead letter with its reason too." })
final class ReadCommand implements Callable<Integer> {

	private final BeanFactory beans;

	@Option(names = "--queue-url", paramLabel = "URL", required = true, description = "the queue: its URL, ARN or name")
	private String queueUrl = "";

	@ArgGroup
	private After after = new After();

	@Option(names = "--json", description = {
			"shows all of each message, with body and attributes, as one line of JSON,", "which replay takes" })
	private boolean json;

	private int wait;

	@Spec
	private @Nullable CommandSpec spec;

	ReadCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "5",
			description = "how long to wait for messages, 0 to 20 (default: ${DEFAULT-VALUE})")
	void setWait(int seconds) {
		this.wait = check("--wait", seconds, SqsLimits.LONGEST_WAIT);
	}

	@Override
	public Integer call() {
		PrintWriter out = Output.of(this.spec);
		int delay = check("--nack-timeout", this.after.delay(), BackoffPolicy.LONGEST_DELAY);
		List<Delivery> deliveries;
		try (SqsConsumer consumer = SqsConsumer
			.builder(this.beans.getBean(SqsAsyncClient.class), new Addresses(this.beans).queue(this.queueUrl))
			.waitTime(Duration.ofSeconds(this.wait))
			.build()) {
			deliveries = consumer.consume();
			boolean shown = show(deliveries, out);
			deliveries.forEach((delivery) -> settle(delivery, shown && this.after.delete, delay));
			if (!shown) {
				return Commands.FAILURE;
			}
		}
		return this.after.delete ? checkDeleted(deliveries) : 0;
	}

	private int check(String option, int seconds, Duration longest) {
		if (seconds < 0 || seconds > longest.toSeconds()) {
			throw new ParameterException(Output.commandLine(this.spec),
					"%s must be from 0 to %d seconds, not %d".formatted(option, longest.toSeconds(), seconds));
		}
		return seconds;
	}

	// What nobody has seen must not be deleted.
	private boolean show(List<Delivery> deliveries, PrintWriter out) {
		if (deliveries.isEmpty() && !this.json) {
			out.println("No message came within " + this.wait + " s");
		}
		deliveries.forEach((delivery) -> out.println(this.json ? MessageJson.of(delivery) : line(delivery)));
		return !out.checkError();
	}

	private String line(Delivery delivery) {
		String received = (delivery.attempt() == 1) ? "received once"
				: "received %d times".formatted(delivery.attempt());
		return "%s  %s  %s%s".formatted(delivery.message().id(), received, mediaType(delivery), deadLetter(delivery));
	}

	private String mediaType(Delivery delivery) {
		try {
			return this.beans.getBean(Envelope.class).open(delivery.message()).mediaType().value();
		}
		catch (MalformedMessageException ex) {
			return "malformed: " + ex.getMessage();
		}
	}

	// Anybody may have written the attribute: it must not steer the terminal.
	private static String deadLetter(Delivery delivery) {
		String reason = delivery.message().attributes().get(DeadLetters.REASON);
		return (reason != null) ? "  dead letter: " + LogText.of(reason) : "";
	}

	private static void settle(Delivery delivery, boolean delete, int delay) {
		if (delete) {
			delivery.ack();
		}
		else {
			delivery.nack(Duration.ofSeconds(delay));
		}
	}

	private int checkDeleted(List<Delivery> deliveries) {
		long left = deliveries.stream()
			.map((delivery) -> delivery.settled().toCompletableFuture().getNow(Settlement.LOST))
			.filter((settlement) -> settlement != Settlement.ACKED)
			.count();
		if (left > 0) {
			throw new IllegalStateException(
					"%d of %d messages could not be deleted, and will be received again; sqs:DeleteMessage is needed"
						.formatted(left, deliveries.size()));
		}
		return 0;
	}

	/**
	 * What is done with the messages after they were shown.
	 */
	static final class After {

		private static final int DEFAULT_NACK_TIMEOUT = 1;

		@Option(names = "--delete", description = "deletes the messages that were shown")
		private boolean delete;

		@Option(names = "--nack", description = "hands the messages back, to be received again after 1 second")
		private boolean nack;

		@Option(names = "--nack-timeout", paramLabel = "SECONDS",
				description = "hands the messages back, to be received again after this time (default: at once)")
		private @Nullable Integer nackTimeout;

		int delay() {
			if (this.nackTimeout != null) {
				return this.nackTimeout;
			}
			return this.nack ? DEFAULT_NACK_TIMEOUT : 0;
		}

	}

}
