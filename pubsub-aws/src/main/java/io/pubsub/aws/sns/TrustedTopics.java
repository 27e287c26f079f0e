package io.pubsub.aws.sns;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.aws.place.Fifo;
import io.pubsub.internal.ForeignJson;
import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.transport.InboundMessage;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;
import software.amazon.awssdk.messagemanager.sns.model.SnsMessage;
import software.amazon.awssdk.messagemanager.sns.model.SnsNotification;
import software.amazon.awssdk.regions.Region;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The only topics whose notifications are believed: each must have a signature of SNS and
 * name one of them. What is opened is exactly what was signed; the message attributes are
 * not, so that nobody should trust them, nor what is read from them.
 * <p>
 * The certificates for the signatures are fetched from SNS by HTTPS, once each. Needs
 * {@code sns-message-manager} of the AWS SDK. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class TrustedTopics implements AutoCloseable {

	// A handler's thread waits for the certificate.
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	// Nobody must make the SDK see another topic than we do.
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private final List<TrustedTopic> topics;

	private final SdkHttpClient client;

	private final Map<String, SnsMessageManager> managers;

	/**
	 * Trusts topics.
	 * @param topics their ARNs; a {@code *} at the end stands for any rest of a name
	 * @throws IllegalArgumentException if there are none, or one is not such an ARN or
	 * that of a FIFO topic, whose notifications SNS does not sign
	 */
	public TrustedTopics(Collection<String> topics) {
		this(topics, Apache5HttpClient.builder().connectionTimeout(TIMEOUT).socketTimeout(TIMEOUT).build());
	}

	/**
	 * Trusts topics, and fetches certificates with a client of the caller's making.
	 * @param topics their ARNs; a {@code *} at the end stands for any rest of a name
	 * @param client the client that fetches certificates; closed by {@link #close()}
	 * @throws IllegalArgumentException if there are none, or one is not such an ARN or
	 * that of a FIFO topic, whose notifications SNS does not sign
	 */
	public TrustedTopics(Collection<String> topics, SdkHttpClient client) {
		if (topics.isEmpty()) {
			throw new IllegalArgumentException("trusted topics must name at least one topic");
		}
		this.topics = topics.stream().map(TrustedTopic::of).toList();
		this.client = new CertificateClient(client);
		this.managers = this.topics.stream()
			.map(TrustedTopic::region)
			.distinct()
			.collect(Collectors.toMap(Function.identity(), this::managerOf));
	}

	private SnsMessageManager managerOf(String region) {
		return SnsMessageManager.builder().region(Region.of(region)).httpClient(this.client).build();
	}

	/**
	 * Puts the check between a message and its envelope.
	 * @param envelope the envelope that opens what was signed, as a notification of its
	 * own, and its message attributes, which were not
	 * @return an envelope that opens only notifications of the topics; while a
	 * certificate cannot be fetched it throws a {@link CertificateUnavailableException}
	 */
	public Envelope guard(Envelope envelope) {
		return (message) -> envelope.open(signed(message));
	}

	// Whatever else the body has, and however an envelope reads it, nobody has signed.
	private InboundMessage signed(InboundMessage message) {
		JsonNode body = parse(message.body());
		SnsNotification notification = verify(message.body(), topicOf(body));
		ObjectNode signed = MAPPER.createObjectNode();
		signed.put("Type", notification.type().toString());
		signed.put("MessageId", notification.messageId());
		signed.put("TopicArn", notification.topicArn());
		signed.put("Subject", notification.subject());
		signed.put("Message", notification.message());
		signed.set("MessageAttributes", body.get("MessageAttributes"));
		return new InboundMessage(message.id(), signed.toString(), message.attributes(), message.groupId(),
				message.sentAt());
	}

	private static JsonNode parse(String body) {
		JsonNode notification = ForeignJson.read(MAPPER, body,
				(fault) -> new MalformedMessageException("the body " + fault));
		return (notification != null) ? notification : MAPPER.missingNode();
	}

	private static String topicOf(JsonNode notification) {
		JsonNode topicArn = notification.path("TopicArn");
		if (topicArn.isString() && notification.path("Signature").isString()
				&& notification.path("SigningCertURL").isString()) {
			return topicArn.stringValue();
		}
		throw new UntrustedMessageException(
				"it is no signed notification of SNS; what comes by raw message delivery has no signature");
	}

	private SnsNotification verify(String body, String topicArn) {
		TrustedTopic topic = this.topics.stream()
			.filter((trusted) -> trusted.covers(topicArn))
			.findFirst()
			.orElseThrow(() -> new UntrustedMessageException("its topic%s is not one that is trusted"
				.formatted(TrustedTopic.isArn(topicArn) ? " " + LogText.of(topicArn) : "")));
		if (Fifo.isAddress(topicArn)) {
			throw new UntrustedMessageException("SNS does not sign the notifications of a FIFO topic");
		}
		SnsMessage message = verify(body, topic);
		if (!(message instanceof SnsNotification notification)) {
			throw new UntrustedMessageException("it is signed by SNS, but is no notification");
		}
		if (isAmbiguous(notification)) {
			throw new UntrustedMessageException("its signature fits other notifications too");
		}
		return notification;
	}

	private SnsMessage verify(String body, TrustedTopic topic) {
		try {
			return Objects.requireNonNull(this.managers.get(topic.region())).parseMessage(body);
		}
		catch (RuntimeException ex) {
			throw explain(ex);
		}
	}

	// Line breaks alone part the fields that are signed. The message may have some: when
	// no field after it has any, the fields can be read in one way only, from the end.
	// What
	// UTF-8 has no place for is signed as a question mark.
	private static boolean isAmbiguous(SnsNotification notification) {
		return Stream.of(notification.messageId(), notification.subject())
			.anyMatch((field) -> field != null && (field.contains("\n") || !isUnicode(field)))
				|| !isUnicode(notification.message());
	}

	private static boolean isUnicode(String text) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	// The SDK throws the same for a forged signature and for a certificate that it did
	// not get.
	private static RuntimeException explain(RuntimeException failure) {
		return Stream.<Throwable>iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.filter(CertificateUnavailableException.class::isInstance)
			.map(RuntimeException.class::cast)
			.findFirst()
			.orElseGet(() -> new UntrustedMessageException("its signature is not valid"
					+ ((failure instanceof SdkClientException) ? ": " + LogText.of(failure.getMessage()) : "")));
	}

	@Override
	public void close() {
		this.managers.values().forEach(SnsMessageManager::close);
		this.client.close();
	}

}
