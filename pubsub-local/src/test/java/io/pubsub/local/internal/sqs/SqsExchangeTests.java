package io.pubsub.local.internal.sqs;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.pubsub.local.RunningBroker;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link SqsExchange}, with the client of AWS.
 */
class SqsExchangeTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final SqsClient sqs = running.sqs();

	private final String queue = running.queue();

	private final String url = running.broker().queueUrl(this.queue);

	@Test
	void namesAMissingQueueByTheCodeOfSqs() {
		assertThatExceptionOfType(QueueDoesNotExistException.class)
			.isThrownBy(() -> this.sqs.getQueueUrl((request) -> request.queueName("absent")))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode())
				.isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
	}

	@Test
	void deletesWithAUsedHandle() {
		String handle = receive();
		this.sqs.deleteMessage((request) -> request.queueUrl(this.url).receiptHandle(handle));
		assertThatCode(() -> this.sqs.deleteMessage((request) -> request.queueUrl(this.url).receiptHandle(handle)))
			.doesNotThrowAnyException();
		List<DeleteMessageBatchRequestEntry> entries = List.of(deletion("used", handle), deletion("none", "none"));
		assertThat(this.sqs.deleteMessageBatch((request) -> request.queueUrl(this.url).entries(entries)).failed())
			.extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::code)
			.containsExactly(tuple("none", "ReceiptHandleIsInvalid"));
	}

	@Test
	void refusesAHandleThatItNeverGaveOut() {
		assertRefused(() -> this.sqs.deleteMessage((request) -> request.queueUrl(this.url).receiptHandle("none")),
				"ReceiptHandleIsInvalid", "The input receipt handle \"none\" is not a valid receipt handle.");
	}

	@Test
	void refusesToHideWhatIsDeleted() {
		String handle = receive();
		this.sqs.deleteMessage((request) -> request.queueUrl(this.url).receiptHandle(handle));
		assertRefused(() -> hide(handle, 1), "InvalidParameterValue", "Value " + handle + " for parameter ReceiptHandle"
				+ " is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 43_201 })
	void refusesAVisibilityTimeoutThatIsOutOfRange(int seconds) {
		String message = "Value %d for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided."
			.formatted(seconds);
		String handle = receive();
		assertRefused(() -> hide(handle, seconds), "InvalidParameterValue", message);
		assertRefused(() -> this.sqs.receiveMessage((request) -> request.queueUrl(this.url).visibilityTimeout(seconds)),
				"InvalidParameterValue", message);
		assertRefused(
				() -> this.sqs.setQueueAttributes((request) -> request.queueUrl(this.url)
					.attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(seconds)))),
				"InvalidAttributeValue", "Invalid value for the parameter VisibilityTimeout.");
	}

	@Test
	void hidesTheOtherMessagesOfABatch() {
		String handle = receive();
		ChangeMessageVisibilityBatchResponse response = this.sqs
			.changeMessageVisibilityBatch((request) -> request.queueUrl(this.url)
				.entries(List.of(visibility("good", handle, 1), visibility("bad", handle, 43_201))));
		assertThat(response.successful()).extracting(ChangeMessageVisibilityBatchResultEntry::id)
			.containsExactly("good");
		assertThat(response.failed()).extracting(BatchResultErrorEntry::code).containsExactly("InvalidParameterValue");
	}

	@Test
	void refusesAMessageThatIsTooLong() {
		MessageAttributeValue attribute = MessageAttributeValue.builder().dataType("String").stringValue("v").build();
		assertThatCode(() -> send("x".repeat(1_048_576), Map.of())).doesNotThrowAnyException();
		String message = "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.";
		assertRefused(() -> send("x".repeat(1_048_577), Map.of()), "InvalidParameterValue", message);
		assertRefused(() -> send("x".repeat(1_048_576), Map.of("a", attribute)), "InvalidParameterValue", message);
	}

	@ParameterizedTest
	@CsvSource({ "0, AWS.SimpleQueueService.EmptyBatchRequest",
			"11, AWS.SimpleQueueService.TooManyEntriesInBatchRequest" })
	void refusesABatchOfAWrongSize(int size, String code) {
		List<SendMessageBatchRequestEntry> entries = IntStream.range(0, size)
			.mapToObj((id) -> entry(String.valueOf(id), "x"))
			.toList();
		assertThatExceptionOfType(SqsException.class)
			.isThrownBy(() -> this.sqs.sendMessageBatch((request) -> request.queueUrl(this.url).entries(entries)))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo(code));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000", "\u000b", "\u001f", "\ufffe", "\uffff" })
	void refusesWhatXmlForbidsAndNothingBesides(String character) {
		assertThatExceptionOfType(SqsException.class).isThrownBy(() -> send("secret" + character, Map.of()))
			.withMessageNotContaining("secret")
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("InvalidMessageContents"));
		List<SendMessageBatchRequestEntry> entries = List.of(entry("bad", character), entry("good", "good"));
		assertThat(this.sqs.sendMessageBatch((request) -> request.queueUrl(this.url).entries(entries)).failed())
			.extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::code)
			.containsExactly(tuple("bad", "InvalidMessageContents"));
		assertThat(running.receiveBodies(this.queue)).containsExactly("good");
	}

	private String receive() {
		send("x", Map.of());
		return running.receive(this.queue).get(0).receiptHandle();
	}

	private void send(String body, Map<String, MessageAttributeValue> attributes) {
		this.sqs.sendMessage((request) -> request.queueUrl(this.url).messageBody(body).messageAttributes(attributes));
	}

	private void hide(String handle, int seconds) {
		this.sqs.changeMessageVisibility(
				(request) -> request.queueUrl(this.url).receiptHandle(handle).visibilityTimeout(seconds));
	}

	private static ChangeMessageVisibilityBatchRequestEntry visibility(String id, String handle, int seconds) {
		return ChangeMessageVisibilityBatchRequestEntry.builder()
			.id(id)
			.receiptHandle(handle)
			.visibilityTimeout(seconds)
			.build();
	}

	private static DeleteMessageBatchRequestEntry deletion(String id, String handle) {
		return DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build();
	}

	private static SendMessageBatchRequestEntry entry(String id, String body) {
		return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
	}

	private static void assertRefused(ThrowingCallable call, String code, String message) {
		assertThatExceptionOfType(SqsException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo(code))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorMessage()).isEqualTo(message));
	}

}
