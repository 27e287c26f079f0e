package io.pubsub.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.management.ObjectName;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocalBroker}.
 */
class LocalBrokerTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final LocalBroker broker = running.broker();

	@Test
	void createsATopicOnce() {
		assertThat(this.broker.createTopic("orders")).isEqualTo("arn:aws:sns:us-east-1:000000000000:orders")
			.isEqualTo(this.broker.createTopic("orders"));
		assertThat(this.broker.region()).isEqualTo("us-east-1");
		assertThat(this.broker.accountId()).isEqualTo("000000000000");
	}

	@Test
	void createsAQueueOnce() {
		assertThat(this.broker.createQueue("orders")).isEqualTo(this.broker.sqsEndpoint() + "/000000000000/orders")
			.isEqualTo(this.broker.createQueue("orders"))
			.isEqualTo(this.broker.queueUrl("orders"));
	}

	@Test
	void namesAQueueAsItsClientsDo() {
		String url = this.broker.createQueue("named");
		assertThat(running.sqs().getQueueUrl((request) -> request.queueName("named")).queueUrl()).isEqualTo(url);
		assertThat(attributesOf(url)).containsEntry(QueueAttributeName.QUEUE_ARN, running.queueArn("named"));
	}

	@Test
	void createsTheDeadLetterQueueOfAQueue() {
		QueueOptions options = QueueOptions.defaults()
			.withVisibilityTimeout(Duration.ofSeconds(7))
			.withDeadLetterQueue("work-dead", 3);
		String url = this.broker.createQueue("work", options);
		assertThat(this.broker.createQueue("work", options)).isEqualTo(url);
		assertThat(attributesOf(url)).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "7");
		assertThat(attributesOf(url).get(QueueAttributeName.REDRIVE_POLICY)).contains(running.queueArn("work-dead"),
				"3");
	}

	@Test
	void refusesAQueueThatExistsWithOtherOptions() {
		this.broker.createQueue("once");
		QueueOptions other = QueueOptions.defaults().withVisibilityTimeout(Duration.ofSeconds(7));
		assertThatExceptionOfType(LocalBrokerException.class).isThrownBy(() -> this.broker.createQueue("once", other))
			.withMessageContaining("once")
			.withMessageContaining("delete");
	}

	@Test
	void refusesOptionsThatSqsRefuses() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> QueueOptions.defaults().withDeadLetterQueue("dead", 0))
			.withMessage("maxReceiveCount is 0, but SQS takes 1 to 1000");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> QueueOptions.defaults().withVisibilityTimeout(Duration.ofHours(13)))
			.withMessage("visibilityTimeout is PT13H, but SQS takes whole seconds from 0s to 12h");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> QueueOptions.defaults().withVisibilityTimeout(Duration.ofMillis(1_500)))
			.withMessage("visibilityTimeout is PT1.5S, but SQS takes whole seconds from 0s to 12h");
	}

	@Test
	void letsATopicSendToItsSubscribers() {
		String url = this.broker.createQueue("letting");
		String topicArn = this.broker.createTopic("letting");
		this.broker.subscribe(topicArn, "letting", false, null);
		this.broker.subscribe(this.broker.createTopic("letting-too"), "letting", false, null);
		assertThat(attributesOf(url).get(QueueAttributeName.POLICY)).contains(topicArn + "\"", topicArn + "-too\"",
				"sns.amazonaws.com");
	}

	@Test
	void subscribesAQueueByNameOrArnOnce() {
		String topicArn = running.topic();
		String queue = running.queue();
		String subscriptionArn = this.broker.subscribe(topicArn, queue, true, "{\"kind\":[\"a\"]}");
		assertThat(this.broker.subscribe(topicArn, running.queueArn(queue), true, "{\"kind\":[\"a\"]}"))
			.isEqualTo(subscriptionArn);
		running.publish(topicArn, "wanted", Map.of("kind", RunningBroker.string("a")));
		running.publish(topicArn, "unwanted", Map.of("kind", RunningBroker.string("b")));
		assertThat(running.receiveBodies(queue)).containsExactly("wanted");
	}

	@Test
	void saysWhatIsWrongWithASubscription() {
		assertThatExceptionOfType(LocalBrokerException.class)
			.isThrownBy(() -> this.broker.subscribe("arn:aws:sns:us-east-1:000000000000:absent", "q", false, null))
			.withMessage("Topic does not exist");
	}

	@Test
	void letsABucketTellAQueueThatHasAPolicyAlready() {
		String url = this.broker.createQueue("told");
		running.sqs()
			.setQueueAttributes((request) -> request.queueUrl(url)
				.attributes(Map.of(QueueAttributeName.POLICY, "{\"Statement\": [{\"Sid\": \"mine\"}]}")));
		tellOnce("told");
		tellOnce("told");
		assertThat(attributesOf(url).get(QueueAttributeName.POLICY)).contains("mine", "arn:aws:s3:::telling")
			.containsOnlyOnce("s3.amazonaws.com");
	}

	@Test
	void letsABucketTellATopic() {
		String arn = this.broker.createTopic("told");
		tellOnce(arn);
		assertThat(running.sns().getTopicAttributes((request) -> request.topicArn(arn)).attributes().get("Policy"))
			.contains("__default_statement_ID", "arn:aws:s3:::telling");
	}

	@Test
	void saysWhyABucketCannotTell() {
		assertThatExceptionOfType(LocalBrokerException.class).isThrownBy(() -> tellOnce("absent"))
			.withMessage("Unable to validate the following destination configurations: %s: %s",
					running.queueArn("absent"), "The destination queue does not exist");
		assertThatExceptionOfType(LocalBrokerException.class).isThrownBy(() -> tellOnce("arn:aws:sns:x"))
			.withMessageContaining("The destination topic does not exist");
	}

	@Test
	void isNotAllowedWhatAPolicyDenies() {
		String url = this.broker.createQueue("denied");
		String deny = """
				{"Statement": {"Sid": "nobody", "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}}""";
		running.sqs()
			.setQueueAttributes((request) -> request.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, deny)));
		assertThatExceptionOfType(LocalBrokerException.class).isThrownBy(() -> tellOnce("denied"))
			.withMessageContaining("the statement nobody of its policy denies sqs:SendMessage");
	}

	private void tellOnce(String target) {
		this.broker.createBucket("telling");
		this.broker.tell("telling", target, List.of("s3:ObjectCreated:*"), "", "");
	}

	@Test
	void listensOnTheLoopbackAddressOnly() throws IOException {
		assertThat(this.broker.sqsEndpoint()).hasHost("127.0.0.1");
		assertThat(this.broker.snsEndpoint()).hasHost("127.0.0.1");
		// Linux answers on all of 127.0.0.0/8, so a server on all addresses would answer
		// here.
		InetAddress other = InetAddress.getByName("127.0.0.2");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(other, this.broker.sqsEndpoint().getPort()).close());
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(other, this.broker.snsEndpoint().getPort()).close());
	}

	@Test
	void saysWhichPortIsInUse() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			assertThatExceptionOfType(LocalBrokerException.class)
				.isThrownBy(() -> LocalBroker.builder().snsPort(taken.getLocalPort()).start())
				.withMessage(
						"Port %d for SNS is in use on 127.0.0.1: stop what listens there, "
								+ "or set pubsub.local.sns-port to another port, or to 0 for a free one",
						taken.getLocalPort());
			assertThatExceptionOfType(LocalBrokerException.class)
				.isThrownBy(() -> LocalBroker.builder().sqsPort(taken.getLocalPort()).start())
				.withMessageStartingWith("Port %d for SQS is in use", taken.getLocalPort());
		}
	}

	@Test
	void releasesItsPortsWhenClosed() {
		LocalBroker first = LocalBroker.start();
		int sqsPort = first.sqsEndpoint().getPort();
		int snsPort = first.snsEndpoint().getPort();
		first.close();
		assertThatCode(first::close).doesNotThrowAnyException();
		try (LocalBroker second = LocalBroker.builder().sqsPort(sqsPort).snsPort(snsPort).start()) {
			assertThat(second.sqsEndpoint()).isEqualTo(URI.create("http://127.0.0.1:" + sqsPort));
			assertThat(second.createQueue("again")).startsWith(second.sqsEndpoint().toString());
		}
	}

	@Test
	void leavesTheMetricsOfAnotherBrokerAlone() throws Exception {
		LocalBroker.start().close();
		assertThat(ManagementFactory.getPlatformMBeanServer()
			.isRegistered(ObjectName.getInstance("org.elasticmq:name=Queues"))).isTrue();
	}

	@Test
	void keepsElasticMqQuiet() {
		assertThat(((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.elasticmq")).getLevel())
			.isEqualTo(Level.WARN);
	}

	private static Map<QueueAttributeName, String> attributesOf(String url) {
		return running.sqs()
			.getQueueAttributes((request) -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
			.attributes();
	}

}
