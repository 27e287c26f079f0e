package io.pubsub.aws;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.sqs.SqsConsumer;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SnsDestination} and {@link SqsDestination} where something other than
 * SNS and SQS answers, or nothing does.
 */
class ForeignServerTests {

	private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders";

	private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/dead";

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	@ParameterizedTest
	@CsvSource({ "text/html, <html><body>Log in</body></html>", "text/html, <html><br>Log in</html>", "text/plain, ''",
			"application/json, '{\"ok\": true}'", "text/xml, <PublishResponse><PublishResult/></PublishResponse>",
			"text/xml, <a><PublishResult><MessageId></MessageId></PublishResult></a>" })
	void noAnswerWithoutAnIdPublishesToATopic(String contentType, String body) throws Exception {
		try (ForeignServer server = new ForeignServer(contentType, body)) {
			SnsDestination topics = topics(server, Duration.ofSeconds(10));
			assertThat(topics.publish(messages(TOPIC, 1)).get()).allSatisfy(ForeignServerTests::isUnconfirmed);
			assertThat(topics.publish(messages(TOPIC, 2)).get()).hasSize(2)
				.allSatisfy(ForeignServerTests::isUnconfirmed);
			assertThat(topics.waiting().publish(messages(TOPIC, 1)).get())
				.allSatisfy(ForeignServerTests::isUnconfirmed);
			assertThat(server.requests()).as("nothing is sent again").isEqualTo(3);
		}
	}

	@Test
	void saysWhatAnsweredAndWhatToDo() throws Exception {
		try (ForeignServer server = new ForeignServer("text/html; charset=utf-8", "<html>SECRET</html>")) {
			assertThat(
					topics(server, Duration.ofSeconds(10)).waiting().publish(messages(TOPIC, 1)).get().get(0).failure())
				.hasMessageContainingAll(TOPIC, "no MessageId", "proxy", "HTTP 200, text/html", "check the endpoint")
				.hasMessageNotContaining("SECRET");
		}
	}

	@ParameterizedTest
	@CsvSource({ "text/plain, ''", "application/json, '{\"ok\": true}'",
			"application/json, '{\"Successful\": [], \"Failed\": []}'" })
	void noAnswerWithoutAnIdSendsToAQueue(String contentType, String body) throws Exception {
		try (ForeignServer server = new ForeignServer(contentType, body)) {
			SqsDestination queues = new SqsDestination(server.sqs());
			assertThat(queues.publish(messages(QUEUE, 2)).get()).hasSize(2)
				.allSatisfy((result) -> assertThat(result.failure()).hasMessageContainingAll(QUEUE, "no MessageId",
						"HTTP 200, " + contentType));
			assertThat(server.requests()).as("nothing is sent again").isEqualTo(1);
		}
	}

	@Test
	void aPageSendsNothingToAQueue() throws Exception {
		try (ForeignServer server = new ForeignServer("text/html", "<html><body>Log in</body></html>")) {
			assertThat(new SqsDestination(server.sqs()).publish(messages(QUEUE, 2)).get()).hasSize(2)
				.allSatisfy((result) -> assertThat(result.failure()).hasMessageContainingAll(QUEUE, "no MessageId"));
		}
	}

	@Test
	void aPageIsNoEmptyQueue() throws Exception {
		try (ForeignServer server = new ForeignServer("text/html", "<html><body>Log in</body></html>");
				SqsConsumer consumer = SqsConsumer.builder(server.sqs(), QUEUE).waitTime(Duration.ZERO).build()) {
			assertThatIllegalStateException().isThrownBy(consumer::consume)
				.withMessageContainingAll(QUEUE, "no JSON", "proxy", "check the endpoint")
				.withMessageNotContaining("Log in");
		}
	}

	@Test
	void anAnswerForOtherMessagesSendsNothingToAQueue() throws Exception {
		String body = "{\"Successful\": [{\"Id\": \"7\", \"MessageId\": \"m\"}]}";
		try (ForeignServer server = new ForeignServer("application/json", body)) {
			assertThat(new SqsDestination(server.sqs()).publish(messages(QUEUE, 2)).get()).hasSize(2)
				.noneMatch(PublishResult::isPublished);
		}
	}

	@Test
	void anEmptyAnswerFindsNoQueue() throws Exception {
		try (ForeignServer server = new ForeignServer("text/plain", "")) {
			assertThat(new SqsDestination(server.sqs()).publish(messages("dead", 1)).get())
				.allSatisfy((result) -> assertThat(result.failure())
					.hasMessageContainingAll("the answer for dead has no" + " QueueUrl", "HTTP 200"));
		}
	}

	@Test
	void givesUpASilentTopic() throws Exception {
		try (ForeignServer server = new ForeignServer("", null)) {
			SnsDestination topics = topics(server, TIMEOUT);
			assertThat(topics.publish(messages(TOPIC, 1)).get()).allSatisfy(ForeignServerTests::isUnknown);
			assertThat(topics.publish(messages(TOPIC, 2)).get()).hasSize(2).allSatisfy(ForeignServerTests::isUnknown);
			assertThat(topics.waiting().publish(messages(TOPIC, 1)).get()).allSatisfy(ForeignServerTests::isUnknown);
			assertThat(topics.waiting().publish(messages(TOPIC, 2)).get()).allSatisfy(ForeignServerTests::isUnknown);
		}
	}

	@Test
	void givesUpASilentQueue() throws Exception {
		try (ForeignServer server = new ForeignServer("", null)) {
			assertThat(new SqsDestination(server.sqs(), TIMEOUT).publish(messages(QUEUE, 1)).get())
				.allSatisfy(ForeignServerTests::isUnknown);
		}
	}

	private static SnsDestination topics(ForeignServer server, Duration timeout) {
		return new SnsDestination(server.sns(), server.blockingSns(), SnsDestination.DEFAULT_MAXIMUM_MESSAGE_SIZE,
				Map.of(), timeout);
	}

	private static void isUnconfirmed(PublishResult result) {
		assertThat(result.messageId()).isNull();
		assertThat(result.failure()).hasMessageContainingAll(TOPIC, "no MessageId", "proxy");
	}

	private static void isUnknown(PublishResult result) {
		assertThat(result.failure()).hasMessageContainingAll("300 ms", "the timeout", "nobody knows");
	}

	private static List<OutboundMessage> messages(String address, int count) {
		return Collections.nCopies(count,
				new OutboundMessage(address, new MediaType("application/vnd.example.foo"), "{}", Map.of()));
	}

}
