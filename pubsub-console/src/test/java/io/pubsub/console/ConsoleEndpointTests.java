package io.pubsub.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.console.service.BusyService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsoleEndpoint}, under a context path and another base path than the
 * usual one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ConsoleEndpointTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.context = SpringApplication.run(BusyService.class, "--server.servlet.context-path=/app",
				"--management.endpoints.web.base-path=/manage", "--pubsub.console.writable=true");
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void servesThePageWithItsFilesBesideIt() throws Exception {
		HttpResponse<String> page = get("");
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		Matcher references = Pattern.compile("(?:src|href)=\"([^#\"]+)\"").matcher(page.body());
		assertThat(references.results().map((reference) -> reference.group(1))).hasSize(3).allSatisfy((reference) -> {
			HttpResponse<String> file = send(HttpRequest.newBuilder(page.uri().resolve(reference)).timeout(PATIENCE));
			assertThat(file.statusCode()).isEqualTo(200);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/console.js", "/console.css", "/state" })
	void letsNothingBeLoadedFromElsewhere(String path) throws Exception {
		HttpResponse<String> response = get(path);
		assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
			.contains("frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nothing.js", "/index.html", "/..%2fweb%2fconsole.js", "/console.js%2f..", "/a/b" })
	void servesNothingElse(String path) throws Exception {
		assertThat(get(path).statusCode()).isIn(400, 404);
	}

	@Test
	void tellsTheStateOfTheService() throws Exception {
		assertThat(get("/state").body()).contains("\"application\":\"invoices\"", "\"name\":\"handlers\"",
				"\"name\":\"ledger\"", "\"kind\":\"batch\"", "invoiceHandler.handle", "\"doctor\"");
	}

	@Test
	void carriesOutAnOrderAndWritesItDown(CapturedOutput output) throws Exception {
		assertThat(post("/pause", "{\"target\": \"ledger\"}").body()).contains("ledger has paused");
		assertThat(get("/state").body()).contains("\"state\":\"paused\"");
		assertThat(post("/resume", "{\"target\": \"ledger\"}").body()).contains("ledger receives again");
		assertThat(get("/state").body()).doesNotContain("\"state\":\"paused\"");
		assertThat(output).contains("somebody from 127.0.0.1: pause ledger: ledger has paused");
	}

	@Test
	void changesTheConcurrency() throws Exception {
		assertThat(post("/concurrency", "{\"target\": \"handlers\", \"value\": \"3\"}").body()).contains("up to 3");
		assertThat(get("/state").body()).contains("\"concurrency\":3");
	}

	@Test
	void refusesANumberOutOfRange() throws Exception {
		HttpResponse<String> response = post("/concurrency", "{\"target\": \"handlers\", \"value\": \"0\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("a number from 1 to");
	}

	@Test
	void asksTheDoctor() throws Exception {
		assertThat(post("/doctor", "{}").body()).contains("\"findings\":");
	}

	@Test
	void knowsNoOtherOrders() throws Exception {
		assertThat(post("/explode", "{}").statusCode()).isIn(204, 404);
		assertThat(post("/pause", "{\"target\": \"nobody\"}").statusCode()).isEqualTo(404);
	}

	@Test
	void refusesAnOrderWithoutItsHeader(CapturedOutput output) throws Exception {
		HttpResponse<String> response = send(
				order("/pause", "{\"target\": \"ledger\"}").setHeader("Content-Type", "application/json"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(output).contains("pause ledger: refused");
	}

	@Test
	void refusesAnOrderOfAnotherPage() throws Exception {
		HttpResponse<String> response = send(
				order("/pause", "{\"target\": \"ledger\"}").setHeader("Content-Type", "application/json")
					.setHeader("X-PubSub-Console", "1")
					.setHeader("Origin", "http://evil.example.com"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("a page of another server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded" })
	void refusesAnOrderOfAForm(String type) throws Exception {
		HttpResponse<String> response = send(
				order("/pause", "target=ledger").setHeader("Content-Type", type).setHeader("X-PubSub-Console", "1"));
		assertThat(response.statusCode()).isEqualTo(415);
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(address(path)).timeout(PATIENCE));
	}

	private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
		return send(order(path, body).setHeader("Content-Type", "application/json")
			.setHeader("X-PubSub-Console", "1")
			.setHeader("Sec-Fetch-Site", "same-origin"));
	}

	private HttpRequest.Builder order(String path, String body) {
		return HttpRequest.newBuilder(address(path)).timeout(PATIENCE).POST(BodyPublishers.ofString(body));
	}

	private URI address(String path) {
		return URI.create("http://127.0.0.1:%s/app/manage/pubsub-console%s"
			.formatted(this.context.getEnvironment().getProperty("local.server.port"), path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
