package io.pubsub.autoconfigure.command;

import java.util.concurrent.Callable;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.LetterContent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows one letter; its content only when it is asked for.
 */
@Command(name = "show",
		description = "Shows one dead letter: what was wrong with it then, and what is wrong with it now.")
final class ShowLetterCommand implements Callable<Integer> {

	private final DeadLetterTool tool;

	@Parameters(paramLabel = "ID", description = "the id of the letter, as list shows it")
	private String id = "";

	@Mixin
	private QueueOption queue = new QueueOption();

	@Option(names = "--content", description = "shows its body and its attributes too")
	private boolean content;

	@Option(names = "--max", paramLabel = "N", defaultValue = "1000",
			description = "receives at most this many letters to find it (default: ${DEFAULT-VALUE})")
	private int max;

	@Spec
	private @Nullable CommandSpec spec;

	ShowLetterCommand(DeadLetterTool tool) {
		this.tool = tool;
	}

	@Override
	public Integer call() {
		DeadLetterQueue opened = this.tool.open(this.queue.queue());
		LetterContent found = this.tool.interruptibly(opened, (letters) -> letters.show(this.id, this.max));
		Output.of(this.spec)
			.println(this.queue.json() ? DeadLetterTool.json(this.content ? found : found.letter())
					: this.tool.texts(opened.isFifo()).letter(found.letter())
							+ (this.content ? System.lineSeparator() + DeadLetterTool.content(found) : ""));
		return 0;
	}

}
