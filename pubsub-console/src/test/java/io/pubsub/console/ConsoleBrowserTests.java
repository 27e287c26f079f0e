package io.pubsub.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.console.service.BusyService;
import io.pubsub.console.service.Invoice;
import io.pubsub.publish.SnsProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page of the console, in a browser.
 */
@Tag("browser")
@EnabledIf("io.pubsub.console.Browser#isInstalled")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTests {

	private static final By CONTENT = By.id("content");

	private static final By SAID = By.id("said");

	private static final By DESK = By.xpath("//section[.//label='Queue']");

	private static final By REJECTED = By
		.cssSelector("input[aria-label='Select all: rejected, RejectMessageException']");

	private static final By LINK = By.id("link-text");

	private ConfigurableApplicationContext context;

	private Browser browser;

	@BeforeAll
	void start() {
		this.context = SpringApplication.run(BusyService.class, "--pubsub.console.writable=true",
				"--pubsub.console.show-content=true");
		this.browser = Browser.start();
	}

	@AfterAll
	void stop() {
		this.browser.close();
		this.context.close();
	}

	@BeforeEach
	void open() {
		this.browser.open("http://127.0.0.1:%s/actuator/pubsub-console"
			.formatted(this.context.getEnvironment().getProperty("local.server.port")));
		this.browser.awaitText(LINK, "Live");
	}

	@Test
	void showsMessagesFlow() throws IOException {
		publish("fine", 30);
		this.browser.awaitText(card("handlers"), "([3-9][0-9]|1[0-9][0-9]) succeeded");
		this.browser.awaitText(card("ledger"), "succeeded");
		this.browser.keepScreenshot("consumers");
		this.browser.view("Publishing");
		this.browser.awaitText(CONTENT, "invoices");
	}

	@Test
	void drawsPipelines() throws IOException {
		publish("fine", 10);
		this.browser.view("Pipelines");
		this.browser.awaitText(CONTENT, "look-up");
		assertThat(this.browser.find(By.cssSelector("svg.graph")).getText()).contains("number", "look-up", "batch");
		this.browser.keepScreenshot("pipelines");
	}

	@Test
	void pausesAndResumes() throws IOException {
		this.browser.press("Pause ledger");
		this.browser.keepScreenshot("question");
		this.browser.confirm("Pause");
		this.browser.awaitText(SAID, "ledger has paused");
		this.browser.awaitText(card("ledger"), "paused");
		this.browser.press("Resume ledger");
		this.browser.confirm("Resume");
		this.browser.awaitText(SAID, "ledger receives again");
		this.browser.awaitText(card("ledger"), "receiving");
	}

	@Test
	void changesTheConcurrencyByKeyboardAlone() {
		this.browser.press("Change the concurrency of handlers");
		this.browser.type(Keys.chord(Keys.CONTROL, "a"), "7", Keys.ENTER);
		this.browser.awaitText(SAID, "up to 7 messages at once");
		this.browser.awaitText(card("handlers"), "of 7");
	}

	@Test
	void doesNothingWhenTheUserThinksAgain() {
		this.browser.press("Pause handlers");
		this.browser.type(Keys.ESCAPE);
		this.browser.awaitText(card("handlers"), "receiving");
		assertThat(this.browser.find(By.id("view")).getText()).doesNotContain("paused");
	}

	@Test
	void showsFailuresWithoutTheirText() {
		publish("broken", 1);
		this.browser.view("Failures");
		this.browser.awaitText(CONTENT, "IllegalStateException");
		assertThat(this.browser.find(CONTENT).getText()).doesNotContain("a table is locked");
	}

	@Test
	void findsADeadLetterAndReplaysItWhenItsHandlerIsMended() throws IOException {
		publish("rejected", 1);
		this.browser.view("Dead letters");
		awaitLetter();
		this.browser.click(By.xpath("//section[contains(., 'RejectMessageException')]//button[.='Details']"));
		this.browser.awaitText(CONTENT, "RejectMessageException.*rejected-0");
		this.browser.click(REJECTED);
		this.browser.press("Dry-run");
		this.browser.awaitText(CONTENT, "([0-9]+) of \\1 letters? would reach a handler now");
		this.browser.keepScreenshot("dead-letters");
		this.context.getBean(AtomicBoolean.class).set(true);
		this.browser.press("Replay");
		this.browser.confirm("Replay");
		this.browser.awaitText(SAID, "([0-9]+) of \\1 replayed");
		this.browser.awaitText(DESK, "Look again.*0 selected");
		assertThat(this.browser.has(REJECTED)).isFalse();
		this.context.getBean(AtomicBoolean.class).set(false);
	}

	@Test
	void discardsADeadLetter() {
		publish("rejected", 1);
		this.browser.view("Dead letters");
		awaitLetter();
		this.browser.click(REJECTED);
		this.browser.press("Discard");
		this.browser.confirm("Discard");
		this.browser.awaitText(SAID, "([0-9]+) of \\1 discarded");
		this.browser.awaitText(DESK, "Look again.*0 selected");
		assertThat(this.browser.has(REJECTED)).isFalse();
	}

	@Test
	void findsOutThatTheServiceIsGoneAndThatItIsBack() throws IOException {
		this.browser.offline(true);
		this.browser.awaitText(LINK, "Disconnected");
		this.browser.awaitText(By.id("trouble"), "What is shown is from [0-9:]+");
		this.browser.keepScreenshot("disconnected");
		this.browser.offline(false);
		this.browser.awaitText(LINK, "Live");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Consumers", "Pipelines", "Handlers", "Publishing", "Failures", "Dead letters", "Doctor" })
	void isForEverybody(String view) {
		this.browser.view(view);
		assertThat(this.browser.obstacles()).isEmpty();
		this.browser.dark(true);
		assertThat(this.browser.obstacles()).isEmpty();
		this.browser.dark(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Consumers", "Pipelines", "Failures" })
	void fitsANarrowScreen(String view) throws IOException {
		this.browser.resize(360, 800);
		this.browser.view(view);
		this.browser.keepScreenshot("narrow-" + view.toLowerCase(Locale.ROOT));
		assertThat(this.browser.overflow()).isLessThanOrEqualTo(0);
		this.browser.resize(1280, 900);
	}

	@Test
	void breaksNoRuleOfItsOwn() {
		assertThat(this.browser.messages()).isEmpty();
	}

	// Others may be there too.
	private void awaitLetter() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			this.browser.press("Look", "Look again");
			this.browser.awaitText(DESK, "Look again.*Saw [0-9]+ of about");
			return this.browser.has(REJECTED);
		});
	}

	private void publish(String prefix, int number) {
		SnsProducer producer = this.context.getBean(SnsProducer.class);
		for (int i = 0; i < number; i++) {
			producer.produce(new Invoice(prefix + "-" + i));
		}
	}

	private static By card(String consumer) {
		return By.xpath("//section[.//h2[normalize-space()='%s']]".formatted(consumer));
	}

}
