package io.pubsub.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Chromium, as a person uses it.
 */
final class Browser implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final List<String> SERIOUS = List.of("serious", "critical");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	/**
	 * Whether there is a Chromium, for {@code EnabledIf}.
	 */
	static boolean isInstalled() {
		return find("chromium").isPresent() && find("chromedriver").isPresent();
	}

	private static Optional<Path> find(String program) {
		return Arrays.stream(System.getenv("PATH").split(":"))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static Browser start() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium").orElseThrow().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--hide-scrollbars", "--window-size=1280,900");
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
			.usingAnyFreePort()
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	void open(String address) {
		this.driver.get(address);
	}

	/**
	 * Goes to a view of the page.
	 */
	void view(String name) {
		find(By.xpath("//nav/a[starts-with(normalize-space(), '%s')]".formatted(name))).click();
		find(By.xpath("//nav/a[@aria-current='page'][starts-with(normalize-space(), '%s')]".formatted(name)));
	}

	WebElement find(By place) {
		return waiting().until(ExpectedConditions.visibilityOfElementLocated(place));
	}

	/**
	 * Presses the button of a name, as a screen reader says it.
	 * @param names the names that it may have
	 */
	void press(String... names) {
		String named = Arrays.stream(names)
			.map("@aria-label='%1$s' or starts-with(@aria-label, '%1$s of ') or (not(@aria-label) and normalize-space()='%1$s')"::formatted)
			.collect(Collectors.joining(" or "));
		click(By.xpath("//button[%s]".formatted(named)));
	}

	boolean has(By place) {
		return !this.driver.findElements(place).isEmpty();
	}

	// As people do, who scroll until the header covers nothing.
	void click(By place) {
		WebElement element = waiting().until(ExpectedConditions.elementToBeClickable(place));
		this.driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
		element.click();
	}

	/**
	 * Says yes to the question of a dialog.
	 */
	void confirm(String action) {
		waiting()
			.until(ExpectedConditions
				.elementToBeClickable(By.xpath("//dialog//button[normalize-space()='%s']".formatted(action))))
			.click();
		waiting().until(ExpectedConditions.invisibilityOfElementLocated(By.tagName("dialog")));
	}

	/**
	 * Waits until a part of the page says something.
	 */
	void awaitText(By place, String pattern) {
		waiting().until((page) -> page.findElements(place).stream().anyMatch((element) -> matches(element, pattern)));
	}

	private static boolean matches(WebElement element, String pattern) {
		return element.isDisplayed() && element.getText().replaceAll("\\s+", " ").matches("(?s).*" + pattern + ".*");
	}

	void type(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
	}

	void offline(boolean offline) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	void dark(boolean dark) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
	}

	void resize(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * How much wider the page is than the window.
	 */
	long overflow() {
		return (Long) this.driver
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
	}

	/**
	 * What keeps people from using the page.
	 */
	List<String> obstacles() {
		return new AxeBuilder().analyze(this.driver)
			.getViolations()
			.stream()
			.filter((rule) -> SERIOUS.contains(rule.getImpact()))
			.map(Browser::describe)
			.toList();
	}

	private static String describe(Rule rule) {
		return rule.getHelp() + rule.getNodes().stream().map((node) -> "\n" + node.getHtml()).toList();
	}

	List<String> messages() {
		return this.driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
	}

	void keepScreenshot(String name) throws IOException {
		Files.createDirectories(SCREENSHOTS);
		Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
	}

	private WebDriverWait waiting() {
		return new WebDriverWait(this.driver, PATIENCE);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
