package io.pubsub.autoconfigure.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.pubsub.aws.sqs.SqsConsumer;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.BeanFactory;

/**
 * Receives once and shows what came, but never its content.
 */
@Command(name = "read", description = { "Shows up to 10 messages, and deletes them or hands them back.",
		"A message is shown with its id, receive count and media type, a dead letter with its reason too." })
final class ReadCommand implements Callable<Integer> {

	private static final Duration DEFAULT_NACK_TIMEOUT = Duration.ofSeconds(1);

	private final BeanFactory beans;

	@Option(names = "--queue-url", paramLabel = "URL", required = true, description = "the queue: its URL, ARN or name")
	private String queueUrl = "";

	@Option(names = "--nack", description = "hands the messages back instead of deleting them")
	private boolean nack;

	@Option(names = "--nack-timeout", paramLabel = "SECONDS",
			description = "the same, to be received again after this time (default: 1)")
	private @Nullable Integer nackTimeout;

	@Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "5",
			description = "how long to wait for messages, 0 to 20 (default: ${DEFAULT-VALUE})")
	private int wait;

	@Spec
	private @Nullable CommandSpec spec;

	ReadCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Integer call() {
		PrintWriter out = Output.of(this.spec);
		try (SqsConsumer consumer = SqsConsumer.builder(this.beans.getBean(SqsAsyncClient.class), this.queueUrl)
			.waitTime(Duration.ofSeconds(this.wait))
			.build()) {
			List<Delivery> deliveries = consumer.consume();
			if (deliveries.isEmpty()) {
				out.println("No message came within " + this.wait + " s");
			}
			deliveries.forEach((delivery) -> {
				out.println("%s  received %d times  %s%s".formatted(delivery.message().id(), delivery.attempt(),
						mediaType(delivery), deadLetter(delivery)));
				settle(delivery);
			});
		}
		return 0;
	}

	private String mediaType(Delivery delivery) {
		try {
			return this.beans.getBean(Envelope.class).open(delivery.message()).mediaType().value();
		}
		catch (MalformedMessageException ex) {
			return "malformed: " + ex.getMessage();
		}
	}

	private static String deadLetter(Delivery delivery) {
		String reason = delivery.message().attributes().get(DeadLetters.REASON);
		return (reason != null) ? "  dead letter: " + reason : "";
	}

	private void settle(Delivery delivery) {
		if (this.nackTimeout != null) {
			delivery.nack(Duration.ofSeconds(this.nackTimeout));
		}
		else if (this.nack) {
			delivery.nack(DEFAULT_NACK_TIMEOUT);
		}
		else {
			delivery.ack();
		}
	}

}
