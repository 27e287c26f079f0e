package io.pubsub.autoconfigure.command;

import java.io.Console;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.pubsub.autoconfigure.deadletter.DeadLetterWorkbench;
import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.LetterContent;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import io.pubsub.internal.ProgressBar;
import io.pubsub.internal.Terminal;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * What the commands for dead letters have in common.
 *
 * @param beans the beans of the application
 */
record DeadLetterTool(BeanFactory beans) {

	private static final int LONGEST_STOP_SECONDS = 20;

	// Pure ASCII: what anybody may have written must not steer the terminal.
	private static final JsonMapper mapper = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	DeadLetterQueue open(@Nullable String queue) {
		DeadLetterWorkbench workbench = this.beans.getBeanProvider(DeadLetterWorkbench.class).getIfAvailable();
		if (workbench == null) {
			throw new IllegalStateException(
					"There is no client of SQS: add spring-cloud-aws-starter-sqs, which the starter of pubsub has");
		}
		return workbench.open(queue);
	}

	/**
	 * Does some work. When the process is told to end meanwhile, it ends the work first.
	 * @param queue the queue
	 * @param work the work
	 * @param <T> the type of its result
	 * @return the result
	 */
	<T> T interruptibly(DeadLetterQueue queue, Function<DeadLetterQueue, T> work) {
		CountDownLatch done = new CountDownLatch(1);
		if (this.beans instanceof ConfigurableApplicationContext context) {
			ApplicationListener<ContextClosedEvent> stop = (event) -> {
				queue.stop();
				await(done);
			};
			context.addApplicationListener(stop);
		}
		try {
			return work.apply(queue);
		}
		finally {
			done.countDown();
		}
	}

	private static void await(CountDownLatch done) {
		try {
			boolean unused = done.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Shows a person at a terminal how far some work is.
	 * @param name the name of the work
	 * @param about the number of letters that there are about
	 * @return takes what was done so far
	 */
	static Consumer<Report> progress(String name, long about) {
		ProgressBar bar = ProgressBar.onTerminal(name);
		return (soFar) -> {
			if (bar != null) {
				bar.at(soFar.done(), about);
			}
		};
	}

	static String json(Object value) {
		return mapper.writeValueAsString(value);
	}

	/**
	 * Asks whether to go on, unless the answer is given.
	 * @param commandLine the command line
	 * @param yes whether the answer is given
	 * @param question the question
	 * @return whether to go on
	 */
	static boolean confirm(CommandLine commandLine, boolean yes, String question) {
		if (yes) {
			return true;
		}
		Console console = Terminal.console();
		if (console == null) {
			throw new CommandLine.ParameterException(commandLine,
					"%s There is no terminal to ask: add --yes if so".formatted(question));
		}
		String answer = console.readLine("%s [y/N] ", question);
		return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
	}

	/**
	 * Prints what became of letters.
	 * @param commandLine the command line
	 * @param json whether as JSON
	 * @param report the report
	 * @param verb the participle of what was done
	 * @param chosen the letters that were meant; {@code null} for those of a file
	 * @return the exit code
	 */
	static int print(CommandLine commandLine, boolean json, Report report, String verb, @Nullable Selection chosen) {
		if (Terminal.console() != null) {
			// Behind the bar.
			commandLine.getErr().println();
		}
		int missing = (chosen != null && report.isComplete()) ? chosen.ids().size() - report.done() : 0;
		commandLine.getOut()
			.println(json ? json(report) : LetterTexts.report(report, verb) + LetterTexts.missing(missing));
		return (report.isComplete() && missing <= 0) ? 0 : Commands.FAILURE;
	}

	/**
	 * The content of a letter, for people.
	 * @param content the letter
	 * @return lines of ASCII
	 */
	static String content(LetterContent content) {
		return "%nattributes %s%nbody %s".formatted(pretty(content.attributes()), body(content.body()));
	}

	private static String body(String body) {
		try {
			return pretty(mapper.readTree(body));
		}
		catch (JacksonException ex) {
			return json(body);
		}
	}

	private static String pretty(Object value) {
		return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value);
	}

	LetterTexts texts(boolean fifo) {
		return new LetterTexts(this.beans.getBean(Timekeeper.class).now(), fifo);
	}

}
