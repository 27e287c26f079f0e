package io.pubsub.aws.sns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

import io.pubsub.internal.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * {@link SdkHttpClient} that tells a certificate which cannot be had at the moment from
 * one that there is not: the address is the sender's to choose.
 */
final class CertificateClient implements SdkHttpClient {

	private static final Logger logger = LoggerFactory.getLogger(CertificateClient.class);

	private static final int MAX_SIZE = 64 * 1024;

	private static final int REQUEST_TIMEOUT = 408;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int SERVER_ERROR = 500;

	private final SdkHttpClient client;

	CertificateClient(SdkHttpClient client) {
		this.client = client;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		ExecutableHttpRequest prepared = this.client.prepareRequest(request);
		URI address = request.httpRequest().getUri();
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() {
				return fetch(address, prepared);
			}

			@Override
			public void abort() {
				prepared.abort();
			}

		};
	}

	private static HttpExecuteResponse fetch(URI address, ExecutableHttpRequest request) {
		try {
			HttpExecuteResponse response = request.call();
			int status = response.httpResponse().statusCode();
			byte[] body = read(response);
			if (status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS) {
				throw unavailable(address, "it answered with status " + status);
			}
			return HttpExecuteResponse.builder()
				.response(response.httpResponse())
				.responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
				.build();
		}
		catch (IOException ex) {
			throw unavailable(address, LogText.of(ex));
		}
	}

	private static byte[] read(HttpExecuteResponse response) throws IOException {
		if (response.responseBody().isEmpty()) {
			return new byte[0];
		}
		try (InputStream body = response.responseBody().get()) {
			return body.readNBytes(MAX_SIZE);
		}
	}

	private static CertificateUnavailableException unavailable(URI address, String reason) {
		CertificateUnavailableException unavailable = new CertificateUnavailableException(
				"the certificate of the signature cannot be fetched from %s: %s"
					.formatted(LogText.of(address.getHost()), reason));
		logger.warn("A message is handed back, as {}", unavailable.getMessage());
		return unavailable;
	}

	@Override
	public String clientName() {
		return this.client.clientName();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
