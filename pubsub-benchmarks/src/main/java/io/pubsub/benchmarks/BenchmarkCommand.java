package io.pubsub.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.pubsub.benchmarks.report.Environment;
import io.pubsub.benchmarks.report.ResultJson;
import io.pubsub.benchmarks.report.ResultTable;
import io.pubsub.benchmarks.report.Results;
import io.pubsub.benchmarks.report.Verdict;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the benchmarks.
 */
@Command(name = "pubsub-benchmarks", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Measures pubsub and its peers side by side, on a broker in a process of its own.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:everything was measured, whatever came out",
				"1:a contender crashed or lost messages", "2:wrong usage" })
final class BenchmarkCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = "--rounds", paramLabel = "N",
			description = "How often each contender is measured (default: 5, or 1 if --quick).")
	private @Nullable Integer rounds;

	@Option(names = "--scenarios", split = ",", paramLabel = "NAME",
			description = "What is measured: ${COMPLETION-CANDIDATES} (default: all).")
	private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

	@Option(names = "--contenders", split = ",", paramLabel = "NAME",
			description = "Who is measured: ${COMPLETION-CANDIDATES} (default: all).")
	private Set<Contender> contenders = EnumSet.allOf(Contender.class);

	@Option(names = "--messages", paramLabel = "N",
			description = "How many messages are measured in each scenario (default: what suits it).")
	private @Nullable Integer messages;

	@Option(names = "--quick", description = "Measure a few messages once, to see that everything works.")
	private boolean quick;

	@Option(names = "--timeout", paramLabel = "SECONDS",
			description = "When a measurement is given up, with its warm-up (default: ${DEFAULT-VALUE}).")
	private int timeoutSeconds = 300;

	@Option(names = "--jvm-option", paramLabel = "OPTION",
			description = "One more option for the JVM of every contender; can be repeated.")
	private List<String> jvmOptions = List.of();

	@Option(names = "--profile", paramLabel = "DIRECTORY",
			description = "Where each contender leaves a flight recording (default: none are made).")
	private @Nullable Path profiles;

	@Option(names = "--json", paramLabel = "FILE", description = "Where the results go (default: ${DEFAULT-VALUE}).")
	private Path json = Path.of("pubsub-benchmarks", "target", "benchmarks.json");

	static CommandLine commandLine() {
		return new CommandLine(new BenchmarkCommand())
			.registerConverter(Scenario.class, (name) -> named(Scenario.values(), name))
			.registerConverter(Contender.class, (name) -> named(Contender.values(), name));
	}

	private static <E extends Enum<E>> E named(E[] values, String name) {
		return Arrays.stream(values)
			.filter((value) -> value.toString().equals(name))
			.findFirst()
			.orElseThrow(() -> new CommandLine.TypeConversionException(
					"'%s' is none of %s".formatted(name, Arrays.toString(values))));
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		Plan plan = plan();
		if (this.profiles != null) {
			Files.createDirectories(this.profiles);
		}
		WorkerOptions options = new WorkerOptions(this.jvmOptions, this.profiles);
		Environment environment = Environment.current(options.always());
		PrintWriter out = this.spec.commandLine().getOut();
		out.println(environment);
		List<String> problems = new ArrayList<>();
		Results results = measure(plan, options, problems);
		report(results, problems);
		Path file = this.json.toAbsolutePath();
		Files.createDirectories(file.getParent());
		Files.writeString(file, ResultJson.write(environment, results, problems));
		out.printf("%nThe figures of every round are in %s%n", this.json);
		out.flush();
		return problems.isEmpty() ? 0 : 1;
	}

	Plan plan() {
		int rounds = (this.rounds != null) ? this.rounds : (this.quick ? 1 : Plan.ROUNDS);
		checkPositive("--rounds", rounds);
		checkPositive("--timeout", this.timeoutSeconds);
		if (this.messages != null) {
			checkPositive("--messages", this.messages);
		}
		return new Plan(rounds, this.scenarios, this.contenders, this.messages, this.quick);
	}

	private void checkPositive(String option, int value) {
		if (value < 1) {
			throw new ParameterException(this.spec.commandLine(),
					"%s is %d: it must be at least 1".formatted(option, value));
		}
	}

	private Results measure(Plan plan, WorkerOptions options, List<String> problems) throws InterruptedException {
		Duration timeout = Duration.ofSeconds(this.timeoutSeconds);
		try (Laboratory laboratory = new Laboratory(options, timeout)) {
			Benchmark benchmark = new Benchmark(laboratory::measure, plan, this.spec.commandLine().getErr());
			Results results = benchmark.run();
			problems.addAll(benchmark.problems());
			return results;
		}
	}

	private void report(Results results, List<String> problems) {
		PrintWriter out = this.spec.commandLine().getOut();
		for (Scenario scenario : Scenario.values()) {
			if (!results.of(scenario).isEmpty()) {
				out.printf("%n%s", ResultTable.render(results, scenario));
			}
		}
		out.println();
		Verdict.of(results).forEach(out::println);
		problems.forEach((problem) -> out.printf("%nPROBLEM: %s%n", problem));
	}

}
