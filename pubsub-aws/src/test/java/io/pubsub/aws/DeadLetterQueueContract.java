package io.pubsub.aws;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Judge;
import io.pubsub.aws.deadletter.Letter;
import io.pubsub.aws.deadletter.Listing;
import io.pubsub.aws.deadletter.ReplayOptions;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.DeadLetterDetail;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.time.Timekeeper;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of a queue for dead letters.
 */
abstract class DeadLetterQueueContract {

	private static final MessageAttributeValue BINARY = MessageAttributeValue.builder()
		.dataType("Binary")
		.binaryValue(SdkBytes.fromByteArray(new byte[] { 1, 2, -1 }))
		.build();

	private final Broker broker;

	private final String source;

	private final String letters;

	DeadLetterQueueContract(Broker broker) {
		this.broker = broker;
		this.source = broker.createQueue(Duration.ofSeconds(30));
		this.letters = broker.createQueue(Duration.ofSeconds(30));
		DeadLetterDetail detail = DeadLetterDetail.of("m-1", this.source);
		broker.sqs()
			.sendMessage((request) -> request.queueUrl(this.letters)
				.messageBody("{}")
				.messageAttributes(Map.of("bytes", BINARY, DeadLetters.REASON, text("attempts"), DeadLetters.DETAIL,
						text(detail.toJson()))))
			.join();
	}

	private static MessageAttributeValue text(String value) {
		return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
	}

	private DeadLetterQueue queue() {
		return new DeadLetterQueue(this.broker.sqs(), this.letters, Judge.none(), UnaryOperator.identity(),
				Timekeeper.shared());
	}

	@Test
	void showsLettersAndMakesThemVisibleAtOnce() {
		queue().list(Selection.ALL, 10);
		Listing again = queue().list(Selection.ALL, 10);
		assertThat(again.notice()).isNull();
		assertThat(again.letters()).singleElement()
			.extracting(Letter::reason, Letter::source, Letter::receives)
			.containsExactly("attempts", this.source, 2);
	}

	@Test
	void replaysALetterAsTheMessageThatItWas() {
		ReplayOptions options = new ReplayOptions(new Rate(100, ChronoUnit.SECONDS), null, 10, 0, Duration.ZERO);
		Report report = queue().replay(Selection.ALL, options, (soFar) -> {
		});
		assertThat(report.isComplete()).as(report.toString()).isTrue();
		Message message = this.broker.sqs()
			.receiveMessage((request) -> request.queueUrl(this.source).waitTimeSeconds(5).messageAttributeNames("All"))
			.join()
			.messages()
			.get(0);
		assertThat(message.messageAttributes()).containsOnlyKeys("bytes", DeadLetters.REPLAYS)
			.containsEntry("bytes", BINARY);
		assertThat(queue().state().visible()).isZero();
	}

}
