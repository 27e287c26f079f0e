package io.pubsub.console;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.pubsub.console.service.BusyService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the console behind Spring Security, and on both kinds of web server.
 */
@ParameterizedClass
@ValueSource(strings = { "servlet", "reactive" })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SecuredConsoleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Pattern TOKEN = Pattern.compile("\"csrf\":\\{\"header\":\"([^\"]+)\",\"token\":\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager())
		.build();

	@Parameter
	private String server = "";

	private ConfigurableApplicationContext context;

	@BeforeParameterizedClassInvocation
	void start() {
		this.context = SpringApplication.run(BusyService.class, "--spring.main.web-application-type=" + this.server,
				"--spring.autoconfigure.exclude=", "--spring.security.user.name=alice",
				"--spring.security.user.password=secret", "--pubsub.console.writable=true");
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.context.close();
	}

	@Test
	void isForUsersOnly() throws Exception {
		HttpResponse<String> response = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.build()
			.send(HttpRequest.newBuilder(address("/state")).timeout(PATIENCE).build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(401);
	}

	@Test
	void servesThePageAndItsFiles() throws Exception {
		HttpResponse<String> page = send(request(""));
		assertThat(page.body()).contains("pubsub-console/console.js");
		assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(send(request("/console.js")).headers().firstValue("Content-Type").orElseThrow())
			.startsWith("text/javascript");
		assertThat(send(request("/nothing.js")).statusCode()).isEqualTo(404);
	}

	@Test
	void refusesAnOrderWithoutTheToken() throws Exception {
		assertThat(send(order()).statusCode()).isIn(401, 403);
	}

	@Test
	void carriesOutAnOrderWithTheToken(CapturedOutput output) throws Exception {
		String state = send(request("/state")).body();
		assertThat(state).contains("\"user\":\"alice\"");
		MatchResult token = TOKEN.matcher(state).results().findFirst().orElseThrow();
		HttpResponse<String> response = send(order().setHeader(token.group(1), token.group(2)));
		assertThat(response.body()).contains("ledger receives again");
		assertThat(output).contains("alice from 127.0.0.1: resume ledger");
	}

	private HttpRequest.Builder order() {
		return request("/resume").POST(BodyPublishers.ofString("{\"target\": \"ledger\"}"))
			.setHeader("Content-Type", "application/json")
			.setHeader("X-PubSub-Console", "1");
	}

	private HttpRequest.Builder request(String path) {
		String credentials = Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(address(path))
			.timeout(PATIENCE)
			.setHeader("Authorization", "Basic " + credentials);
	}

	private URI address(String path) {
		return URI.create("http://127.0.0.1:%s/actuator/pubsub-console%s"
			.formatted(this.context.getEnvironment().getProperty("local.server.port"), path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
