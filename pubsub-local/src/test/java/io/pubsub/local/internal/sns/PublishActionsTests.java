package io.pubsub.local.internal.sns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.SnsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PublishActions}.
 */
class PublishActionsTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final SnsClient sns = running.sns();

	private final String topicArn = running.topic();

	@Test
	void publishesToATarget() {
		String queue = running.queue();
		running.subscribe(this.topicArn, queue, Map.of("RawMessageDelivery", "true"));
		assertThat(this.sns.publish((request) -> request.targetArn(this.topicArn).message("x")).messageId())
			.isNotEmpty();
		assertThat(running.receiveBodies(queue)).containsExactly("x");
	}

	@Test
	void publishesWhatIsMeantForSqs() {
		String queue = running.queue();
		running.subscribe(this.topicArn, queue, Map.of("RawMessageDelivery", "true"));
		publishJson("{\"default\":\"for all\"}");
		publishJson("{\"default\":\"for all\",\"sqs\":\"for queues\"}");
		assertThat(running.receiveBodies(queue)).containsExactlyInAnyOrder("for all", "for queues");
		assertRefused(() -> publishJson("{\"sqs\":\"x\"}"), 400, "InvalidParameter",
				"Invalid parameter: Message Structure - No default entry in JSON message body");
		assertRefused(() -> publishJson("{"), 400, "InvalidParameter",
				"Invalid parameter: Message Structure - JSON message body failed to parse");
	}

	@Test
	void refusesATopicThatDoesNotExist() {
		assertRefused(() -> running.publish("arn:aws:sns:us-east-1:000000000000:absent", "x", Map.of()), 404,
				"NotFound", "Topic does not exist");
		assertRefused(() -> this.sns.publish((request) -> request.message("x")), 400, "InvalidParameter",
				"Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter");
	}

	@Test
	void refusesAnEmptyMessageAndAWrongSubject() {
		assertRefused(() -> running.publish(this.topicArn, "", Map.of()), 400, "InvalidParameter",
				"Invalid parameter: Empty message");
		assertRefused(() -> this.sns.publish((request) -> request.topicArn(this.topicArn).message("x").subject("")),
				400, "InvalidParameter", "Invalid parameter: Subject");
	}

	@Test
	void countsAttributesWhenItRefusesALongMessage() {
		this.sns.setTopicAttributes((
				request) -> request.topicArn(this.topicArn).attributeName("MaximumMessageSize").attributeValue("1024"));
		Map<String, MessageAttributeValue> twelveBytes = Map.of("name", RunningBroker.string("vv"));
		running.publish(this.topicArn, "x".repeat(1012), twelveBytes);
		assertRefused(() -> running.publish(this.topicArn, "x".repeat(1013), twelveBytes), 400, "InvalidParameter",
				"Invalid parameter: Message too long");
		assertRefused(() -> running.publish(this.topicArn, "ü".repeat(513), Map.of()), 400, "InvalidParameter",
				"Invalid parameter: Message too long");
	}

	@Test
	void takesMessagesOfAMegabyteWhereAsked() {
		String queue = running.queue();
		running.subscribe(this.topicArn, queue, Map.of("RawMessageDelivery", "true"));
		assertRefused(() -> running.publish(this.topicArn, "x".repeat(262_145), Map.of()), 400, "InvalidParameter",
				"Invalid parameter: Message too long");
		this.sns.setTopicAttributes((request) -> request.topicArn(this.topicArn)
			.attributeName("MaximumMessageSize")
			.attributeValue("1048576"));
		running.publish(this.topicArn, "x".repeat(1_048_576), Map.of());
		assertThat(running.receiveBodies(queue)).singleElement().asString().hasSize(1_048_576);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					a    | String  | ''  | The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.
					a    | Number  | one | Could not cast message attribute 'a' value to number.
					a    | Date    | x   | The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.
					a    | Binary  | x   | The message attribute 'a' with type 'Binary' must use field 'Binary'.
					.a   | String  | x   | Invalid message attribute name starting with character '.' was found.
					a.   | String  | x   | Invalid message attribute name ending with character '.' was found.
					a..b | String  | x   | Message attribute name can not have successive '.' character.
					a b  | String  | x   | Invalid non-alphanumeric character '#x20' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.
					""")
	void refusesAttributesThatAreWrong(String name, String type, String value, String message) {
		assertRefused(() -> running.publish(this.topicArn, "x", Map.of(name, RunningBroker.typed(type, value))), 400,
				"ParameterValueInvalid", message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000", "\u001f", "\ufffe", "\uffff" })
	void refusesCharactersThatNoQueueTakes(String character) {
		assertThatExceptionOfType(SnsException.class)
			.isThrownBy(() -> running.publish(this.topicArn, "secret" + character, Map.of()))
			.withMessageContaining("Invalid parameter: Message Reason: ")
			.withMessageNotContaining("secret");
	}

	@Test
	void publishesABatch() {
		String queue = running.queue();
		running.subscribe(this.topicArn, queue, Map.of("RawMessageDelivery", "true"));
		List<PublishBatchRequestEntry> entries = entries(10, "x");
		assertThat(batch(entries).successful()).extracting(PublishBatchResultEntry::id)
			.containsExactlyElementsOf(entries.stream().map(PublishBatchRequestEntry::id).toList());
		assertThat(batch(entries).failed()).isEmpty();
		assertThat(running.receiveBodies(queue)).hasSize(10);
	}

	@Test
	void refusesABatchThatIsWrong() {
		assertRefused(() -> batch(List.of()), 400, "EmptyBatchRequest",
				"The batch request doesn't contain any entries.");
		assertRefused(() -> batch(entries(11, "x")), 400, "TooManyEntriesInBatchRequest",
				"The batch request contains more entries than permissible.");
		assertRefused(() -> batch(List.of(entry("a", "x"), entry("a", "y"))), 400, "BatchEntryIdsNotDistinct",
				"Two or more batch entries in the request have the same Id.");
		assertRefused(() -> batch(List.of(entry("a b", "x"))), 400, "InvalidBatchEntryId",
				"The Id of a batch entry in the batch request contains an impermissible character: a b");
		assertRefused(() -> batch(List.of(entry("a".repeat(81), "x"))), 400, "InvalidBatchEntryId",
				"The Id of a batch entry in the batch request is too long: " + "a".repeat(81));
		assertRefused(() -> batch(entries(2, "x".repeat(131_073))), 400, "BatchRequestTooLong",
				"The length of all the messages put together is more than the limit.");
	}

	@Test
	void refusesAnActionItDoesNotHave() throws IOException, InterruptedException {
		HttpResponse<String> response = post("Action=OptInPhoneNumber&phoneNumber=1");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("<Code>InvalidAction</Code>", "OptInPhoneNumber", "<Type>Sender</Type>");
		assertThat(post("").body()).contains("<Code>InvalidAction</Code>");
		assertThat(post("Action=%zz").body()).contains("<Code>MalformedQueryString</Code>");
	}

	private static HttpResponse<String> post(String form) throws IOException, InterruptedException {
		URI endpoint = running.broker().snsEndpoint();
		HttpRequest request = HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(form)).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private void publishJson(String message) {
		this.sns.publish((request) -> request.topicArn(this.topicArn).message(message).messageStructure("json"));
	}

	private PublishBatchResponse batch(List<PublishBatchRequestEntry> entries) {
		return this.sns.publishBatch((request) -> request.topicArn(this.topicArn).publishBatchRequestEntries(entries));
	}

	private static List<PublishBatchRequestEntry> entries(int count, String message) {
		return IntStream.range(0, count).mapToObj((index) -> entry("id-" + index, message)).toList();
	}

	private static PublishBatchRequestEntry entry(String id, String message) {
		return PublishBatchRequestEntry.builder().id(id).message(message).build();
	}

	private static void assertRefused(ThrowingCallable call, int status, String code, String message) {
		assertThatExceptionOfType(SnsException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(status))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo(code))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorMessage()).isEqualTo(message));
	}

}
