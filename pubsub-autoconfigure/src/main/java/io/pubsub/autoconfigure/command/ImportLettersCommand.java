package io.pubsub.autoconfigure.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Puts exported letters back into the queue for dead letters.
 */
@Command(name = "import", description = { "Puts the letters of an export back into the queue for dead letters.",
		"Each is a new message there. To have them handled, replay them then." })
final class ImportLettersCommand implements Callable<Integer> {

	private final DeadLetterTool tool;

	@Parameters(paramLabel = "FILE", description = "the file, or - for the standard input")
	private String file = "";

	@Mixin
	private QueueOption queue = new QueueOption();

	@Spec
	private @Nullable CommandSpec spec;

	ImportLettersCommand(DeadLetterTool tool) {
		this.tool = tool;
	}

	@Override
	public Integer call() throws IOException {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
			DeadLetterQueue opened = this.tool.open(this.queue.queue());
			Report report = this.tool.interruptibly(opened,
					(letters) -> letters.restore(lines.lines().iterator(), (soFar) -> {
					}));
			int code = DeadLetterTool.print(Output.commandLine(this.spec), this.queue.json(), report, "Imported", null);
			if (!report.failures().isEmpty() && !this.queue.json()) {
				String line = report.failures().get(0).id();
				Output.of(this.spec)
					.println(
							"The lines before are in the queue. Mend line %1$s, and import the rest: tail -n +%1$s %2$s"
								.formatted(line, this.file) + " | java -jar <service>.jar dead-letters import -");
			}
			return code;
		}
	}

	private InputStream open() throws IOException {
		if (this.file.equals("-")) {
			return System.in;
		}
		try {
			return Files.newInputStream(Path.of(this.file));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The file %s cannot be read: %s".formatted(this.file, ex.getMessage()), ex);
		}
	}

}
