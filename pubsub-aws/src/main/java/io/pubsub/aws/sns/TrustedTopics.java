package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.schema.Envelope;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.transport.InboundMessage;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;
import software.amazon.awssdk.messagemanager.sns.model.SnsNotification;
import software.amazon.awssdk.regions.Region;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The only topics whose notifications are believed: each must have a signature of SNS and
 * name one of them.
 * <p>
 * The certificates for the signatures are fetched from SNS by HTTPS, once each. Needs
 * {@code sns-message-manager} of the AWS SDK. Safe for use by many threads.
 */
public final class TrustedTopics implements AutoCloseable {

	// A handler's thread waits for the certificate.
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	// Nobody must make the SDK see other fields than we do.
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private final List<TrustedTopic> topics;

	private final SdkHttpClient client;

	private final Map<String, SnsMessageManager> managers;

	/**
	 * Trusts topics.
	 * @param topics their ARNs; a {@code *} at the end stands for any rest of a name
	 * @throws IllegalArgumentException if there are none, or one is not such an ARN
	 */
	public TrustedTopics(Collection<String> topics) {
		this(topics, Apache5HttpClient.builder().connectionTimeout(TIMEOUT).socketTimeout(TIMEOUT).build());
	}

	/**
	 * Trusts topics, and fetches certificates with a client of the caller's making.
	 * @param topics their ARNs; a {@code *} at the end stands for any rest of a name
	 * @param client what fetches certificates; closed by {@link #close()}
	 * @throws IllegalArgumentException if there are none, or one is not such an ARN
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
	 * Puts the check between an envelope and those who open it.
	 * @param envelope the envelope
	 * @return an envelope that opens only notifications of the topics; while a
	 * certificate cannot be fetched it throws a {@link CertificateUnavailableException}
	 */
	public Envelope guard(Envelope envelope) {
		return (message) -> {
			OpenedMessage opened = envelope.open(message);
			check(message);
			return opened;
		};
	}

	private void check(InboundMessage message) {
		String topicArn = topicOf(message.body());
		TrustedTopic topic = this.topics.stream()
			.filter((trusted) -> trusted.covers(topicArn))
			.findFirst()
			.orElseThrow(() -> new UntrustedMessageException("its topic%s is not one that is trusted"
				.formatted(TrustedTopic.isArn(topicArn) ? " " + topicArn : "")));
		try {
			SnsMessageManager manager = this.managers.get(topic.region());
			if (manager == null || !(manager.parseMessage(message.body()) instanceof SnsNotification)) {
				throw new UntrustedMessageException("it is signed by SNS, but is no notification");
			}
		}
		catch (UntrustedMessageException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw explain(ex);
		}
	}

	private static String topicOf(String body) {
		try {
			JsonNode notification = MAPPER.readTree(body);
			JsonNode topicArn = notification.path("TopicArn");
			if (topicArn.isString() && notification.path("Signature").isString()
					&& notification.path("SigningCertURL").isString()) {
				return topicArn.stringValue();
			}
		}
		catch (JacksonException ex) {
			throw new UntrustedMessageException("it is no notification of SNS");
		}
		throw new UntrustedMessageException(
				"it is no signed notification of SNS; what comes by raw message delivery has no signature");
	}

	// The SDK throws the same for a forged signature and for a certificate that it did
	// not get.
	private static RuntimeException explain(RuntimeException failure) {
		return Stream.<Throwable>iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.filter(CertificateUnavailableException.class::isInstance)
			.map(RuntimeException.class::cast)
			.findFirst()
			.orElseGet(() -> new UntrustedMessageException("its signature is not valid"
					+ ((failure instanceof SdkClientException) ? ": " + failure.getMessage() : "")));
	}

	@Override
	public void close() {
		this.managers.values().forEach(SnsMessageManager::close);
		this.client.close();
	}

}
