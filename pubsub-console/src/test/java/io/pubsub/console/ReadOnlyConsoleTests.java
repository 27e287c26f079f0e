package io.pubsub.console;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.pubsub.console.service.BusyService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the console as it is by default, on a port for management.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyConsoleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.context = SpringApplication.run(BusyService.class, "--management.server.port=0",
				"--management.server.address=127.0.0.1", "--management.endpoints.web.path-mapping.pubsubconsole=ops");
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void changesNothing() throws Exception {
		HttpResponse<String> response = send(
				request("ops/pause").POST(BodyPublishers.ofString("{\"target\": \"ledger\"}"))
					.setHeader("Content-Type", "application/json")
					.setHeader("X-PubSub-Console", "1"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("pubsub.console.writable=true");
		assertThat(send(request("ops/state")).body()).contains("\"writable\":false")
			.doesNotContain("\"state\":\"paused\"");
	}

	@Test
	void isWhereTheUserWantsIt() throws Exception {
		assertThat(send(request("ops")).body()).contains("src=\"ops/console.js\"");
		assertThat(send(request("pubsub-console")).statusCode()).isEqualTo(404);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/actuator/%s"
			.formatted(this.context.getEnvironment().getProperty("local.management.port"), path)));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.build()
			.send(request.build(), BodyHandlers.ofString());
	}

}
