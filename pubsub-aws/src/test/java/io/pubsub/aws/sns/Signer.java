package io.pubsub.aws.sns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

import io.pubsub.transport.InboundMessage;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs notifications as SNS does, with a key of its own, and is the server that has the
 * certificate.
 */
final class Signer implements SdkHttpClient {

	static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders";

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final PrivateKey key;

	private final byte[] certificate;

	private final Deque<Object> failures = new ArrayDeque<>();

	private int requests;

	private boolean closed;

	private Signer(PrivateKey key, byte[] certificate) {
		this.key = key;
		this.certificate = certificate;
	}

	static Signer create(Path directory, String commonName) throws Exception {
		Path file = directory.resolve(commonName + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-alias", "sns", "-dname", "CN=" + commonName,
				"-ext", "SAN=dns:" + commonName, "-storetype", "PKCS12", "-storepass", new String(PASSWORD),
				"-keystore", file.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException("keytool failed: " + output);
		}
		KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
		Files.delete(file);
		String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' })
			.encodeToString(store.getCertificate("sns").getEncoded());
		String pem = "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(base64);
		return new Signer((PrivateKey) store.getKey("sns", PASSWORD), pem.getBytes(StandardCharsets.UTF_8));
	}

	void failNext(Object... exceptionsOrStatus) {
		this.failures.addAll(List.of(exceptionsOrStatus));
	}

	int requests() {
		return this.requests;
	}

	boolean isClosed() {
		return this.closed;
	}

	InboundMessage notification(String version) {
		return notification(version, UnaryOperator.identity());
	}

	/**
	 * A notification that was changed after it was signed.
	 */
	InboundMessage notification(String version, UnaryOperator<ObjectNode> change) {
		return notification(TOPIC, version, change);
	}

	InboundMessage notification(String topicArn, String version, UnaryOperator<ObjectNode> change) {
		ObjectNode notification = fields("Notification", topicArn);
		return signed(notification, version, change, "Message", "MessageId", "Timestamp", "TopicArn", "Type");
	}

	/**
	 * A notification with a subject, which SNS signs too.
	 */
	InboundMessage notificationWithSubject(String subject, UnaryOperator<ObjectNode> change) {
		ObjectNode notification = fields("Notification", TOPIC).put("Subject", subject);
		return signed(notification, "2", change, "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
	}

	/**
	 * A notification of any message.
	 */
	InboundMessage notificationOf(String message, UnaryOperator<ObjectNode> change) {
		ObjectNode notification = fields("Notification", TOPIC).put("Message", message);
		return signed(notification, "2", change, "Message", "MessageId", "Timestamp", "TopicArn", "Type");
	}

	/**
	 * The confirmation that SNS sends to those who may subscribe, with the content of a
	 * notification.
	 */
	InboundMessage confirmation() {
		ObjectNode confirmation = fields("SubscriptionConfirmation", TOPIC).put("Token", "t")
			.put("SubscribeURL", "https://sns.eu-central-1.amazonaws.com/");
		return signed(confirmation, "2", UnaryOperator.identity(), "Message", "MessageId", "SubscribeURL", "Timestamp",
				"Token", "TopicArn", "Type");
	}

	private static ObjectNode fields(String type, String topicArn) {
		ObjectNode fields = JsonMapper.shared().createObjectNode();
		fields.put("Type", type);
		fields.put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
		fields.put("TopicArn", topicArn);
		fields.put("Message", """
				{"mediaType": "application/vnd.example.order", "sku": "größe?"}""");
		fields.put("Timestamp", "2026-11-23T10:00:00.120Z");
		return fields;
	}

	private InboundMessage signed(ObjectNode message, String version, UnaryOperator<ObjectNode> change,
			String... signedFields) {
		message.put("SignatureVersion", version);
		message.put("Signature", sign(version, message, signedFields));
		message.put("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem");
		return new InboundMessage("m-1", change.apply(message).toString());
	}

	private String sign(String version, ObjectNode message, String... signedFields) {
		try {
			Signature signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
			signature.initSign(this.key);
			for (String field : signedFields) {
				signature
					.update((field + "\n" + message.get(field).stringValue() + "\n").getBytes(StandardCharsets.UTF_8));
			}
			return Base64.getEncoder().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				return answer();
			}

			@Override
			public void abort() {
			}

		};
	}

	private HttpExecuteResponse answer() throws IOException {
		this.requests++;
		Object failure = this.failures.poll();
		if (failure instanceof IOException ex) {
			throw ex;
		}
		return HttpExecuteResponse.builder()
			.response(SdkHttpResponse.builder().statusCode((failure != null) ? (int) failure : 200).build())
			.responseBody(AbortableInputStream.create(new ByteArrayInputStream(this.certificate)))
			.build();
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
