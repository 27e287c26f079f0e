package io.pubsub.local.internal.sns;

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
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.Topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TopicActions}.
 */
class TopicActionsTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final SnsClient sns = running.sns();

	@Test
	void createsATopicOnce() {
		String name = running.uniqueName();
		String arn = create(name, Map.of("DisplayName", "Orders & <more>"));
		assertThat(create(name, Map.of("DisplayName", "Orders & <more>"))).isEqualTo(arn);
		assertThat(create(name, Map.of())).isEqualTo(arn);
		assertThat(attributesOf(arn)).containsEntry("TopicArn", arn)
			.containsEntry("Owner", "000000000000")
			.containsEntry("DisplayName", "Orders & <more>")
			.containsEntry("SubscriptionsConfirmed", "0")
			.doesNotContainKeys("FifoTopic", "MaximumMessageSize");
	}

	@Test
	void refusesATopicThatExistsWithOtherAttributes() {
		String name = running.uniqueName();
		create(name, Map.of());
		assertInvalid(() -> create(name, Map.of("MaximumMessageSize", "2048")),
				"Invalid parameter: Attributes Reason: Topic already exists with different attributes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "with.dot", "missing-attribute.fifo" })
	void refusesANameThatIsNone(String name) {
		assertInvalid(() -> create(name, Map.of()), "Invalid parameter: Topic Name");
	}

	@Test
	void refusesAFifoTopicWithoutTheSuffix() {
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> create(running.uniqueName(), Map.of("FifoTopic", "true")))
			.withMessageContaining("Fifo Topic names must end with .fifo");
	}

	@ParameterizedTest
	@CsvSource({ "MaximumMessageSize,1023", "MaximumMessageSize,1048577", "MaximumMessageSize,big",
			"ContentBasedDeduplication,maybe", "FifoThroughputScope,Queue", "SignatureVersion,3", "Colour,red" })
	void refusesAttributesThatAreWrong(String name, String value) {
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> create(running.uniqueName(), Map.of(name, value)))
			.withMessageContaining("Invalid parameter: Attributes Reason: ")
			.withMessageContaining(name);
	}

	@Test
	void changesAttributes() {
		String arn = running.topic();
		set(arn, "MaximumMessageSize", "1024");
		assertThat(attributesOf(arn)).containsEntry("MaximumMessageSize", "1024");
		assertInvalid(() -> set(arn, "FifoTopic", "true"), "Invalid parameter: AttributeName");
		assertInvalid(() -> set(arn, "Colour", "red"), "Invalid parameter: AttributeName");
	}

	@Test
	void keepsTheTagsOfATopic() {
		String arn = running.topic();
		this.sns.tagResource((request) -> request.resourceArn(arn).tags(tag("team", "orders"), tag("stage", "test")));
		this.sns.untagResource((request) -> request.resourceArn(arn).tagKeys("stage"));
		assertThat(this.sns.listTagsForResource((request) -> request.resourceArn(arn)).tags())
			.containsExactly(tag("team", "orders"));
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> this.sns.listTagsForResource((request) -> request.resourceArn(arn + "-absent")));
	}

	@Test
	void keepsThePermissionsOfATopic() {
		String arn = running.topic();
		this.sns.addPermission((request) -> request.topicArn(arn)
			.label("partner")
			.awsAccountIds("123456789012")
			.actionNames("Publish"));
		assertThat(attributesOf(arn).get("Policy")).contains("\"Sid\":\"partner\"", "arn:aws:iam::123456789012:root",
				"SNS:Publish", "__default_statement_ID");
		this.sns.removePermission((request) -> request.topicArn(arn).label("partner"));
		assertThat(attributesOf(arn).get("Policy")).doesNotContain("partner");
	}

	@Test
	void addsPermissionsToThePolicyThatWasSet() {
		String arn = running.topic();
		set(arn, "Policy", "{\"Statement\": {\"Sid\": \"mine\", \"Effect\": \"Deny\"}}");
		this.sns.addPermission((request) -> request.topicArn(arn)
			.label("partner")
			.awsAccountIds("123456789012")
			.actionNames("Publish"));
		assertThat(attributesOf(arn).get("Policy")).contains("mine", "partner").doesNotContain("__default");
		set(arn, "Policy", "");
		assertThat(attributesOf(arn).get("Policy")).contains("__default_statement_ID").doesNotContain("mine");
	}

	@Test
	void refusesAPolicyThatIsNone() {
		String arn = running.topic();
		assertInvalid(() -> set(arn, "Policy", "mine"), "Invalid parameter: Policy Reason: Invalid value [mine]");
	}

	@Test
	void neverAnswersInvalidXml() {
		String arn = running.topic();
		set(arn, "DisplayName", "a\u0001b\uffffc");
		assertThat(attributesOf(arn)).containsEntry("DisplayName", "a\uFFFDb\uFFFDc");
	}

	@Test
	void describesAFifoTopic() {
		assertThat(attributesOf(running.fifoTopic())).containsEntry("FifoTopic", "true")
			.containsEntry("ContentBasedDeduplication", "false");
	}

	@Test
	void deletesATopicAndItsSubscriptionsAsOftenAsOneLikes() {
		String arn = running.topic();
		running.subscribe(arn, running.queue(), Map.of());
		this.sns.deleteTopic((request) -> request.topicArn(arn));
		assertThatCode(() -> this.sns.deleteTopic((request) -> request.topicArn(arn))).doesNotThrowAnyException();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> attributesOf(arn))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(404))
			.withMessageContaining("Topic does not exist");
		assertThat(this.sns.listSubscriptionsPaginator().subscriptions())
			.noneMatch((subscription) -> subscription.topicArn().equals(arn));
	}

	@Test
	void listsTopicsByTheHundred() {
		List<String> arns = IntStream.range(0, 101).mapToObj((index) -> running.topic()).toList();
		assertThat(this.sns.listTopics().topics()).hasSize(100);
		assertThat(this.sns.listTopics().nextToken()).isNotEmpty();
		assertThat(this.sns.listTopicsPaginator().topics()).extracting(Topic::topicArn)
			.doesNotHaveDuplicates()
			.containsAll(arns);
	}

	@Test
	void refusesATokenThatIsNone() {
		assertInvalid(() -> this.sns.listTopics((request) -> request.nextToken("%")), "Invalid parameter: NextToken");
	}

	@Test
	void refusesAnArnThatIsNone() {
		assertInvalid(() -> attributesOf("orders"),
				"Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1");
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> attributesOf("arn:aws:sns:eu-west-1:000000000000:orders"))
			.withMessageContaining("arn:aws:sns:us-east-1:000000000000:");
		assertInvalid(() -> this.sns.getTopicAttributes((request) -> {
		}), "Invalid parameter: TopicArn Reason: no value for required parameter");
	}

	private String create(String name, Map<String, String> attributes) {
		return this.sns.createTopic((request) -> request.name(name).attributes(attributes)).topicArn();
	}

	private Map<String, String> attributesOf(String arn) {
		return this.sns.getTopicAttributes((request) -> request.topicArn(arn)).attributes();
	}

	private void set(String arn, String name, String value) {
		this.sns.setTopicAttributes((request) -> request.topicArn(arn).attributeName(name).attributeValue(value));
	}

	private static void assertInvalid(ThrowingCallable call, String message) {
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(400))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("InvalidParameter"))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorMessage()).isEqualTo(message));
	}

	private static Tag tag(String key, String value) {
		return Tag.builder().key(key).value(value).build();
	}

}
