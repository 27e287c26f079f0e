package io.pubsub.autoconfigure.command;

import java.util.concurrent.Callable;

import io.pubsub.autoconfigure.deadletter.ListingView;
import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Listing;
import io.pubsub.aws.deadletter.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Lists letters, by what was wrong with them or by what would become of them now.
 */
@Command
final class ListLettersCommand implements Callable<Integer> {

	private final DeadLetterTool tool;

	private final boolean dryRun;

	@Mixin
	private QueueOption queue = new QueueOption();

	@Mixin
	private SelectionOptions selection = new SelectionOptions();

	@Mixin
	private LookOption look = new LookOption();

	@Spec
	private @Nullable CommandSpec spec;

	ListLettersCommand(DeadLetterTool tool, boolean dryRun) {
		this.tool = tool;
		this.dryRun = dryRun;
	}

	@Override
	public Integer call() {
		Selection chosen = this.selection.selection(Output.commandLine(this.spec));
		DeadLetterQueue opened = this.tool.open(this.queue.queue());
		Listing listing = this.tool.interruptibly(opened, (letters) -> letters.list(chosen, this.look.max()));
		Output.of(this.spec)
			.println(this.queue.json() ? DeadLetterTool.json(ListingView.of(listing))
					: text(this.tool.texts(opened.isFifo()), listing));
		return 0;
	}

	private String text(LetterTexts texts, Listing listing) {
		return this.dryRun ? texts.dryRun(listing) : texts.listing(listing);
	}

}
