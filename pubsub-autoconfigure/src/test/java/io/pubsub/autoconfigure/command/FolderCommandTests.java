package io.pubsub.autoconfigure.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.folder.PubSubFolderAutoConfiguration;
import io.pubsub.folder.FolderQueue;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FolderCommand}.
 */
class FolderCommandTests {

	@TempDir
	private Path directory;

	private Path in = Path.of("in");

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubFolderAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.enabled=false");

	@BeforeEach
	void makeFolder() throws IOException {
		this.in = Files.createDirectory(this.directory.resolve("in"));
	}

	@Test
	void listsWhatWaitsWhoIsAtWorkAndWhatIsDead() throws Exception {
		write("a.tsv", "b.tsv", "c.tsv", "d.tsv");
		try (FolderQueue queue = open()) {
			poll(queue).reject("malformed");
			poll(queue).nack(Duration.ofHours(1));
			poll(queue);
			queue.announce("extract");
			assertThat(run("list", this.in.toString())).isZero();
		}
		assertThat(lines()).startsWith(this.in + ": 2 waiting, 1 at work, 1 dead")
			.containsSubsequence("WAITING", "b.tsv 5 B 1 again in 59 min: whoever polled it has handed it back",
					"d.tsv 5 B", "AT WORK SINCE BY LAST SIGN OF LIFE", "c.tsv",
					"-%d-".formatted(ProcessHandle.current().pid()), "s ago", "DEAD",
					"a.tsv malformed, after 1 attempt", "PRODUCER", "extract open");
	}

	@Test
	void listsWhatIsMissingInGroups() throws Exception {
		write("20260101_UK.tsv", "notes.txt");
		assertThat(run(this.contextRunner.withPropertyValues(
				"pubsub.folder.group.pattern=(?<key>\\d{8})_(?<item>[A-Z]{2})\\.tsv", "pubsub.folder.group.items=UK,FR",
				"pubsub.folder.done=done"), "list", this.in.toString()))
			.isZero();
		assertThat(lines()).contains("2 waiting, 0 at work, 0 done, 0 dead, 1 group incomplete", "20260101 FR UK",
				"notes.txt 5 B completes no group");
	}

	@Test
	void listsTheFirstOfMany() throws Exception {
		for (int number = 0; number < 30; number++) {
			write("%02d.tsv".formatted(number));
		}
		assertThat(run("list", this.in.toString())).isZero();
		assertThat(lines()).contains("19.tsv", "and 10 more (--all shows them)").doesNotContain("20.tsv");
	}

	@Test
	void listsAsJson() throws Exception {
		write("a.tsv");
		assertThat(run("list", "--json", this.in.toString())).isZero();
		JsonNode json = new JsonMapper().readTree(this.output.toString());
		assertThat(json.at("/waiting/0/name").stringValue()).isEqualTo("a.tsv");
	}

	@Test
	void listWritesNothing() {
		assertThat(run("list", this.in.toString())).isZero();
		assertThat(this.in).isEmptyDirectory();
	}

	@Test
	void listsTheFolderOfTheServiceWithItsOptions() throws Exception {
		write("a.tsv", "a.txt");
		assertThat(run(this.contextRunner.withPropertyValues("pubsub.source=folder:" + this.in + "?extension=.tsv"),
				"list", this.in.toString()))
			.isZero();
		assertThat(lines()).contains("1 waiting", "a.tsv").doesNotContain("a.txt");
	}

	@Test
	void saysWhatToDoAboutAFolderThatIsMissing() {
		assertThat(run("list", this.directory.resolve("im").toString())).isOne();
		assertThat(this.errors.toString()).contains("There is no folder " + this.directory.resolve("im"), "mkdir -p");
	}

	@Test
	void putsFilesAndTellsWhichItCannotPut() throws Exception {
		write("b.tsv");
		Path a = Files.writeString(this.directory.resolve("a.tsv"), "content");
		Path b = Files.writeString(this.directory.resolve("b.tsv"), "content");
		Path c = Files.writeString(this.directory.resolve("c.tsv"), "content");
		assertThat(run("put", this.in.toString(), b.toString(), a.toString(), "missing.tsv")).isOne();
		assertThat(this.errors.toString()).contains("b.tsv is not put: the folder has a file of its name",
				"missing.tsv is not put: there is no such file");
		assertThat(this.in.resolve("a.tsv")).hasContent("content");
		assertThat(a).doesNotExist();
		assertThat(b).exists();
		assertThat(run("put", "--copy", this.in.toString(), c.toString())).isZero();
		assertThat(c).exists();
	}

	@Test
	void resetsWhatTheDeadHaveLeft() throws Exception {
		write("a.tsv.worker-7.0123abcd.wip");
		assertThat(run("reset", this.in.toString())).isZero();
		assertThat(this.output.toString()).contains("1 file has its own name again");
		assertThat(this.in.resolve("a.tsv")).exists();
	}

	@Test
	void resetsNothingOfALivingConsumerUnlessItIsTold() throws Exception {
		write("a.tsv");
		try (FolderQueue queue = open()) {
			poll(queue);
			assertThat(run("reset", this.in.toString())).isOne();
			assertThat(this.errors.toString()).contains("a sign of life", "stop it first");
			assertThat(this.in.resolve("a.tsv")).doesNotExist();
			assertThat(run("reset", "--yes", this.in.toString())).isZero();
			assertThat(this.in.resolve("a.tsv")).exists();
		}
	}

	@Test
	void purgesNothingThatWasNeverAQueue() throws Exception {
		write("precious");
		assertThat(run("purge", "--yes", this.in.toString())).isOne();
		assertThat(this.errors.toString()).contains("was never used as a queue");
		assertThat(this.in.resolve("precious")).exists();
	}

	@Test
	void purgesNothingUnlessItIsConfirmed() throws Exception {
		write("a.tsv");
		open().close();
		assertThat(run("purge", this.in.toString())).isOne();
		assertThat(this.errors.toString()).contains("nobody is there to confirm it", "--yes");
		assertThat(purge((question) -> "yes")).isNotZero();
		assertThat(this.in.resolve("a.tsv")).exists();
		assertThat(purge((question) -> Objects.requireNonNull(question).contains("1 waiting") ? "in" : null)).isZero();
		assertThat(this.in.resolve("a.tsv")).doesNotExist();
	}

	@Test
	void purgesForScripts() throws Exception {
		write("a.tsv");
		open().close();
		assertThat(run("purge", "--yes", this.in.toString())).isZero();
		assertThat(this.output.toString()).contains("1 file is deleted");
		assertThat(this.in.resolve("a.tsv")).doesNotExist();
	}

	private void write(String... names) throws IOException {
		for (String name : names) {
			Files.writeString(this.in.resolve(name), "12345");
		}
	}

	private FolderQueue open() {
		return FolderQueue.builder(this.in).settle(Duration.ZERO).build();
	}

	private static Delivery poll(FolderQueue queue) throws InterruptedException {
		return Objects.requireNonNull(queue.poll(Duration.ofSeconds(20)));
	}

	private String lines() {
		return this.output.toString().replaceAll(" +", " ");
	}

	private int run(String... arguments) {
		return run(this.contextRunner, arguments);
	}

	private int run(ApplicationContextRunner runner, String... arguments) {
		int[] code = new int[1];
		runner.run((context) -> code[0] = Commands.commandLine(context)
			.setOut(new PrintWriter(this.output, true))
			.setErr(new PrintWriter(this.errors, true))
			.execute(Stream.concat(Stream.of("folder"), Stream.of(arguments)).toArray(String[]::new)));
		return code[0];
	}

	private int purge(UnaryOperator<@Nullable String> ask) {
		int[] code = new int[1];
		this.contextRunner.run((context) -> code[0] = new CommandLine(new FolderPurgeCommand(context, ask))
			.setOut(new PrintWriter(this.output, true))
			.setErr(new PrintWriter(this.errors, true))
			.execute(this.in.toString()));
		return code[0];
	}

}
