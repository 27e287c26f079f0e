package io.pubsub.autoconfigure.command;

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
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Deletes letters for good.
 */
@Command(name = "discard", description = { "Deletes dead letters for good.",
		"To keep them, export them first, and discard --in the file: what has come since stays." })
final class DiscardLettersCommand implements Callable<Integer> {

	private final DeadLetterTool tool;

	@Mixin
	private QueueOption queue = new QueueOption();

	@Mixin
	private SelectionOptions selection = new SelectionOptions();

	@Mixin
	private MostOption most = new MostOption();

	@Option(names = "--all", description = "discards all letters")
	private boolean all;

	@Option(names = "--yes", description = "does not ask")
	private boolean yes;

	@Spec
	private @Nullable CommandSpec spec;

	DiscardLettersCommand(DeadLetterTool tool) {
		this.tool = tool;
	}

	@Override
	public Integer call() {
		CommandLine commandLine = Output.commandLine(this.spec);
		Selection chosen = this.selection.selection(commandLine, this.all);
		DeadLetterQueue opened = this.tool.open(this.queue.queue());
		long about = opened.state().visible();
		String question = "Delete %s (there are about %d in %s)? Nothing brings them back."
			.formatted(LetterTexts.selection(chosen), about, opened);
		if (!DeadLetterTool.confirm(commandLine, this.yes, question)) {
			commandLine.getErr().println("Nothing was discarded");
			return Commands.FAILURE;
		}
		Consumer<Report> progress = DeadLetterTool.progress("Discarding", about);
		Report report = this.tool.interruptibly(opened,
				(letters) -> letters.discard(chosen, this.most.max(), progress));
		return DeadLetterTool.print(commandLine, this.queue.json(), report, "Discarded", chosen);
	}

}
