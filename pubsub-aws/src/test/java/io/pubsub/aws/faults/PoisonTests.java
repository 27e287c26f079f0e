package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.dispatch.DeadLetters;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that can never be handled, in the middle of others.
 */
@Faults
class PoisonTests {

	private static final int MESSAGES = 10_000;

	private static final int OF_EACH_KIND = 10;

	private static final int MAX_ATTEMPTS = 2;

	private static final int PARCELS = MESSAGES - Poison.values().length * OF_EACH_KIND;

	private final HandledLedger ledger = new HandledLedger();

	private final BrokerProcess broker;

	private final TestQueue queue;

	private final TestQueue quarantine;

	PoisonTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(30));
		this.quarantine = broker.createQueue(Duration.ofSeconds(60));
	}

	@Test
	void quarantinesAllPoisonWithItsReasonAndHandlesTheRestOnce() {
		this.queue.send(Collections.nCopies(OF_EACH_KIND, Poison.WORN_OUT.message()));
		this.queue.wearOut(OF_EACH_KIND, MAX_ATTEMPTS);
		this.queue.send(messages());
		try (SqsAsyncClient client = SqsClients.at(this.broker.endpoint()); ParcelDaemon daemon = start(client)) {
			this.ledger.awaitAllHandledOnce(this.queue, PARCELS);
		}
		List<Message> letters = this.quarantine.receive(MESSAGES - PARCELS);
		assertThat(letters).allSatisfy((letter) -> assertThat(attribute(letter, DeadLetters.REASON))
			.isEqualTo(Poison.valueOf(attribute(letter, Poison.KIND)).reason()));
		assertThat(kinds(letters)).hasSameSizeAs(Poison.values())
			.allSatisfy((kind, count) -> assertThat(count).isEqualTo(OF_EACH_KIND));
		assertThat(this.quarantine.visible()).isZero();
	}

	private static List<SendMessageBatchRequestEntry> messages() {
		List<SendMessageBatchRequestEntry> messages = new ArrayList<>(
				IntStream.range(0, PARCELS).mapToObj(Parcel::message).toList());
		Stream.of(Poison.values())
			.filter((poison) -> poison != Poison.WORN_OUT)
			.forEach((poison) -> messages.addAll(Collections.nCopies(OF_EACH_KIND, poison.message())));
		Collections.shuffle(messages, new Random(5));
		return messages;
	}

	private ParcelDaemon start(SqsAsyncClient client) {
		DeadLetters deadLetters = new DeadLetters(new SqsDestination(client), this.quarantine.url());
		return ParcelDaemon.start(client, SqsSourceOptions.forQueue(this.queue.url()), 10, this::handle,
				(dispatcher) -> dispatcher.deadLetters(deadLetters).maxAttempts(MAX_ATTEMPTS));
	}

	private Outcome handle(Parcel parcel, MessageContext context) {
		this.ledger.record(parcel.number());
		return Outcome.succeeded();
	}

	private static Map<String, Long> kinds(List<Message> letters) {
		return letters.stream()
			.map((letter) -> attribute(letter, Poison.KIND))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private static String attribute(Message letter, String name) {
		return letter.messageAttributes().get(name).stringValue();
	}

}
