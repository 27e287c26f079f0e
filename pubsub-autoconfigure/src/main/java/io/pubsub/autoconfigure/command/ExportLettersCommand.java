package io.pubsub.autoconfigure.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Writes letters with their content to a file.
 */
@Command(name = "export", description = { "Writes dead letters with their content to a new file.",
		"Each is a line of JSON, and stays in the queue. Only the owner of the file may read it." })
final class ExportLettersCommand implements Callable<Integer> {

	private final DeadLetterTool tool;

	@Parameters(paramLabel = "FILE", description = "the file, which must not exist")
	private Path file = Path.of("");

	@Mixin
	private QueueOption queue = new QueueOption();

	@Mixin
	private SelectionOptions selection = new SelectionOptions();

	@Mixin
	private MostOption most = new MostOption();

	@Spec
	private @Nullable CommandSpec spec;

	ExportLettersCommand(DeadLetterTool tool) {
		this.tool = tool;
	}

	@Override
	public Integer call() throws IOException {
		CommandLine commandLine = Output.commandLine(this.spec);
		Selection chosen = this.selection.selection(commandLine);
		DeadLetterQueue opened = this.tool.open(this.queue.queue());
		Consumer<Report> progress = DeadLetterTool.progress("Exporting", opened.state().visible());
		try (PrivateFile lines = PrivateFile.create(this.file)) {
			Report report = this.tool.interruptibly(opened,
					(letters) -> letters.export(chosen, this.most.max(), lines::println, progress));
			lines.force();
			return DeadLetterTool.print(commandLine, this.queue.json(), report, "Exported", chosen);
		}
		catch (FileAlreadyExistsException ex) {
			throw new IllegalStateException(
					"The file %s exists already: name a new one, so that no export is overwritten".formatted(this.file),
					ex);
		}
		catch (IOException | UncheckedIOException ex) {
			throw new IllegalStateException("The file %s cannot be written (%s). The letters are still in the queue"
				.formatted(this.file, ex.getMessage()), ex);
		}
	}

}
