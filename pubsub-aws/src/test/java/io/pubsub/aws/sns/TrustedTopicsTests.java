package io.pubsub.aws.sns;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.pubsub.MediaType;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.transport.InboundMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TrustedTopics}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TrustedTopicsTests {

	private Signer sns;

	private Signer stranger;

	@BeforeAll
	void createKeys(@TempDir Path directory) throws Exception {
		this.sns = Signer.create(directory, "sns.amazonaws.com");
		this.stranger = Signer.create(directory, "sns.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "2" })
	void opensWhatATrustedTopicHasSigned(String version) {
		OpenedMessage opened = guarded(Signer.TOPIC).open(this.sns.notification(version));
		assertThat(opened.content().path("sku").stringValue()).isEqualTo("größe?");
		assertThat(opened.topicArn()).isEqualTo(Signer.TOPIC);
	}

	@Test
	void opensWhatWasSignedAndNothingThatWasAddedToIt() {
		OpenedMessage opened = guarded(Signer.TOPIC).open(this.sns.notification("2",
				(notification) -> notification.put("mediaType", "application/vnd.example.refund")
					.put("amount", 1_000_000)));
		assertThat(opened.mediaType()).isEqualTo(new MediaType("application/vnd.example.order"));
		assertThat(opened.content().propertyNames()).containsExactly("sku");
		assertThat(opened.topicArn()).isEqualTo(Signer.TOPIC);
	}

	@Test
	void showsAnyEnvelopeNothingThatWasAddedToWhatWasSigned() {
		Envelope raw = new TrustedTopics(List.of(Signer.TOPIC), this.sns).guard(Envelope.raw(JsonMapper.shared()));
		assertThat(raw.open(this.sns.notification("2", (notification) -> notification.put("amount", 1_000_000)))
			.content()
			.has("amount")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"Message\"", "\"TopicArn\"", "\"Mess\\u0061ge\"" })
	void refusesAFieldThatIsThereTwice(String field) {
		String body = this.sns.notification("2").body();
		String content = "\"{\\\"mediaType\\\":\\\"application/vnd.example.refund\\\"}\"";
		assertMalformed("{" + field + ":" + content + "," + body.substring(1));
		assertMalformed(body.substring(0, body.length() - 1) + "," + field + ":" + content + "}");
	}

	@Test
	void opensWhatWasSignedWithASubject() {
		OpenedMessage opened = guarded(Signer.TOPIC)
			.open(this.sns.notificationWithSubject("news", UnaryOperator.identity()));
		assertThat(opened.snsMessageId()).isEqualTo("22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
	}

	@Test
	void refusesAnIdThatHasTakenInTheSubject() {
		assertUntrusted(this.sns.notificationWithSubject("news", (notification) -> {
			notification.remove("Subject");
			return notification.put("MessageId", notification.get("MessageId").stringValue() + "\nSubject\nnews");
		}), "its signature fits other notifications too");
	}

	@Test
	void opensAMessageOfSeveralLines() {
		OpenedMessage opened = guarded(Signer.TOPIC).open(this.sns.notificationOf("""
				{
					"mediaType": "application/vnd.example.order",
					"sku": "a"
				}""", UnaryOperator.identity()));
		assertThat(opened.content().path("sku").stringValue()).isEqualTo("a");
	}

	@Test
	void refusesAForgedSubjectThatWasTheEndOfTheMessage() {
		String json = "{\"mediaType\": \"application/vnd.example.order\"}";
		assertUntrusted(this.sns.notificationOf(json + "\nMessageId\nforged\nSubject\nx",
				(notification) -> notification.put("Message", json)
					.put("Subject", "x\nMessageId\n" + notification.get("MessageId").stringValue())
					.put("MessageId", "forged")),
				"its signature fits other notifications too");
	}

	@Test
	void refusesASubjectThatIsSignedAsAQuestionMark() {
		String body = this.sns.notificationWithSubject("why?", UnaryOperator.identity())
			.body()
			.replace("why?", "why\\ud800");
		assertUntrusted(new InboundMessage("m-1", body), "its signature fits other notifications too");
	}

	@Test
	void refusesToTrustAFifoTopic() {
		assertThatIllegalArgumentException().isThrownBy(() -> guarded(Signer.TOPIC + ".fifo"))
			.withMessageContainingAll(Signer.TOPIC + ".fifo", "does not sign", "trust it no more");
	}

	@Test
	void saysThatANotificationOfAFifoTopicIsNeverSigned() {
		InboundMessage message = this.sns.notification(Signer.TOPIC + ".fifo", "2", UnaryOperator.identity());
		assertThatExceptionOfType(UntrustedMessageException.class)
			.isThrownBy(() -> guarded(Signer.TOPIC + "*").open(message))
			.withMessage("SNS does not sign the notifications of a FIFO topic");
	}

	@Test
	void refusesWhatIsSignedAsAQuestionMarkAndIsNone() {
		String body = this.sns.notification("2").body().replace("?", "\\ud800");
		assertUntrusted(new InboundMessage("m-1", body), "its signature fits other notifications too");
	}

	@Test
	void passesAttributesOnWhichNobodyHasSigned() {
		OpenedMessage opened = guarded(Signer.TOPIC).open(this.sns.notification("2", (notification) -> {
			notification.putObject("MessageAttributes").putObject("colour").put("Type", "String").put("Value", "red");
			return notification;
		}));
		assertThat(opened.attributes()).containsExactly(Map.entry("colour", "red"));
	}

	@Test
	void opensWhatATopicOfATrustedPatternHasSigned() {
		assertThat(guarded("arn:aws:sns:eu-central-1:123456789012:ord*").open(this.sns.notification("2"))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Message", "MessageId", "Timestamp" })
	void refusesWhatWasChangedAfterItWasSigned(String field) {
		assertUntrusted(this.sns.notification("2", changed(field)),
				"its signature is not valid: The computed signature did not match the expected signature");
	}

	@Test
	void refusesASignatureThatIsNotOfSns() {
		Envelope envelope = new TrustedTopics(List.of(Signer.TOPIC), this.stranger).guard(codec());
		assertThatExceptionOfType(UntrustedMessageException.class)
			.isThrownBy(() -> envelope.open(this.stranger.notification("2")))
			.withMessage("its signature is not valid: Certificate does not match expected common name: "
					+ "sns.amazonaws.com");
	}

	@Test
	void refusesACertificateFromElsewhereWithoutFetchingIt() {
		int before = this.sns.requests();
		assertUntrusted(
				this.sns.notification("2",
						(notification) -> notification.put("SigningCertURL",
								"https://sns.eu-central-1.amazonaws.com.example.com/a.pem")),
				"its signature is not valid: Certificate URL does not match expected host: "
						+ "sns.eu-central-1.amazonaws.com");
		assertThat(this.sns.requests()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "arn:aws:sns:eu-central-1:123456789012:other", "arn:aws:sns:eu-central-1:210987654321:orders",
					"arn:aws:sns:us-east-1:123456789012:orders", "arn:aws:sns:eu-central-1:123456789012:orders2" })
	void refusesATopicThatIsNotTrusted(String topicArn) {
		assertUntrusted(this.sns.notification(topicArn, "2", UnaryOperator.identity()),
				"its topic %s is not one that is trusted".formatted(topicArn));
	}

	@Test
	void quotesNothingThatIsNotTheArnOfATopic() {
		assertUntrusted(this.sns.notification("secret", "2", UnaryOperator.identity()),
				"its topic is not one that is trusted");
	}

	@Test
	void refusesWhatHasNoSignature() {
		assertUntrusted(new InboundMessage("m-1", """
				{"mediaType": "application/vnd.example.order", "sku": "a"}"""),
				"it is no signed notification of SNS; what comes by raw message delivery has no signature");
	}

	@Test
	void refusesWhatIsNoNotification() {
		assertUntrusted(this.sns.notification("2", (notification) -> notification.put("Type", "Greeting")),
				"its signature is not valid: Unsupported sns message type: Unknown");
	}

	@Test
	void refusesWhatIsSignedButNoNotification() {
		assertUntrusted(this.sns.confirmation(), "it is signed by SNS, but is no notification");
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "" })
	void refusesAnUnknownVersionOfSignatures(String version) {
		assertThatExceptionOfType(UntrustedMessageException.class)
			.isThrownBy(() -> guarded(Signer.TOPIC)
				.open(this.sns.notification("2", (notification) -> notification.put("SignatureVersion", version))))
			.withMessageStartingWith("its signature is not valid");
	}

	@Test
	void refusesWhatIsNotJsonAsMalformed() {
		assertMalformed("no JSON");
	}

	@Test
	void fetchesACertificateOnce() {
		Envelope envelope = guarded(Signer.TOPIC);
		int before = this.sns.requests();
		envelope.open(this.sns.notification("1"));
		envelope.open(this.sns.notification("2"));
		assertThat(this.sns.requests() - before).isEqualTo(1);
	}

	@Test
	void blamesNoMessageForACertificateThatCannotBeFetchedAtTheMoment() {
		Envelope envelope = guarded(Signer.TOPIC);
		InboundMessage message = this.sns.notification("2");
		this.sns.failNext(new IOException("no route"), 503, 429);
		assertUnavailable(envelope, message, "java.io.IOException: no route");
		assertUnavailable(envelope, message, "it answered with status 503");
		assertUnavailable(envelope, message, "it answered with status 429");
		assertThat(envelope.open(message)).isNotNull();
	}

	@Test
	void blamesAMessageForACertificateThatDoesNotExist() {
		this.sns.failNext(404);
		assertUntrusted(this.sns.notification("2"),
				"its signature is not valid: Request was unsuccessful. Status Code: 404");
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders", "arn:aws:sqs:eu-central-1:123456789012:orders", "arn:aws:sns:*:123456789012:a",
			"arn:aws:sns:eu-central-1:*", "*" })
	void refusesToTrustWhatIsNoTopic(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> guarded(topic))
			.withMessageContaining("must be the ARN of an SNS topic")
			.withMessageContaining("'" + topic + "'");
	}

	@Test
	void refusesToTrustNobody() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedTopics(List.of(), this.sns));
	}

	@Test
	void closesItsClient() {
		new TrustedTopics(List.of(Signer.TOPIC), this.stranger).close();
		assertThat(this.stranger.isClosed()).isTrue();
	}

	private static UnaryOperator<ObjectNode> changed(String field) {
		return (notification) -> notification.put(field,
				notification.get(field)
					.stringValue()
					.replace("22b8", "22b9")
					.replace("sku", "SKU")
					.replace(".120Z", ".121Z"));
	}

	private void assertUntrusted(InboundMessage message, String reason) {
		assertThatExceptionOfType(UntrustedMessageException.class).isThrownBy(() -> guarded(Signer.TOPIC).open(message))
			.withMessage(reason);
	}

	private void assertMalformed(String body) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> guarded(Signer.TOPIC).open(new InboundMessage("m-1", body)))
			.withMessageStartingWith("the body is not valid JSON at line 1");
	}

	private static void assertUnavailable(Envelope envelope, InboundMessage message, String reason) {
		assertThatExceptionOfType(CertificateUnavailableException.class).isThrownBy(() -> envelope.open(message))
			.withMessage("the certificate of the signature cannot be fetched from sns.eu-central-1.amazonaws.com: "
					+ reason);
	}

	private Envelope guarded(String topic) {
		return new TrustedTopics(List.of(topic), this.sns).guard(codec());
	}

	private static Envelope codec() {
		return Envelope.codec(JsonMapper.shared());
	}

}
