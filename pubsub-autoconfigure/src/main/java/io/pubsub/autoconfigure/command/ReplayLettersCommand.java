package io.pubsub.autoconfigure.command;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.ReplayOptions;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import io.pubsub.daemon.Rate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Replays letters, or lets SQS move them all back.
 */
@Command(name = "replay", description = { "Sends dead letters back to the queue that they came from.",
		"Each is deleted when it has arrived there. It stops by itself when they come back." })
final class ReplayLettersCommand implements Callable<Integer> {

	private static final int MOST_BY_SQS = 500;

	private final DeadLetterTool tool;

	@Mixin
	private QueueOption queue = new QueueOption();

	@Mixin
	private SelectionOptions selection = new SelectionOptions();

	@Mixin
	private MostOption most = new MostOption();

	@Option(names = "--all", description = "replays all letters")
	private boolean all;

	@Option(names = "--rate", paramLabel = "RATE", defaultValue = "10/s", converter = RateConverter.class,
			description = "replays no more than that, such as 10/s, 30/m or 100/h (default: ${DEFAULT-VALUE})")
	private Rate rate = ReplayOptions.DEFAULTS.rate();

	@Option(names = "--max-returned", paramLabel = "N", defaultValue = "2",
			description = "stops when more than this many have come back (default: ${DEFAULT-VALUE})")
	private int maxReturned;

	@Option(names = "--to", paramLabel = "QUEUE",
			description = "sends them to this queue, wherever they came from: URL, ARN or name")
	private @Nullable String to;

	@Option(names = "--by-sqs", description = { "lets SQS move all letters back that its redrive policy has brought",
			"(StartMessageMoveTask); it goes on when this command has ended" })
	private boolean bySqs;

	@Option(names = "--yes", description = "does not ask")
	private boolean yes;

	@Spec
	private @Nullable CommandSpec spec;

	ReplayLettersCommand(DeadLetterTool tool) {
		this.tool = tool;
	}

	@Override
	public Integer call() {
		CommandLine commandLine = Output.commandLine(this.spec);
		Selection chosen = this.selection.selection(commandLine, this.all);
		if (this.bySqs && (!this.all || this.to != null)) {
			throw new ParameterException(commandLine,
					"SQS moves all letters, each to where it came from: --by-sqs needs --all and no --to");
		}
		DeadLetterQueue opened = this.tool.open(this.queue.queue());
		long about = opened.state().visible();
		String question = "Replay %s (there are about %d in %s), at %s?".formatted(LetterTexts.selection(chosen), about,
				opened, this.rate);
		if (!DeadLetterTool.confirm(commandLine, this.yes, question)) {
			commandLine.getErr().println("Nothing was replayed");
			return Commands.FAILURE;
		}
		return this.bySqs ? move(opened, commandLine) : replay(opened, chosen, about, commandLine);
	}

	private int replay(DeadLetterQueue opened, Selection chosen, long about, CommandLine commandLine) {
		ReplayOptions options = new ReplayOptions(this.rate, this.to, this.most.max(), this.maxReturned,
				ReplayOptions.DEFAULTS.watch());
		Consumer<Report> progress = DeadLetterTool.progress("Replaying", about);
		Report report = this.tool.interruptibly(opened, (letters) -> letters.replay(chosen, options, progress));
		return DeadLetterTool.print(commandLine, this.queue.json(), report, "Replayed", chosen);
	}

	private int move(DeadLetterQueue opened, CommandLine commandLine) {
		long perSecond = Math.max(this.rate.messages() / this.rate.per().getDuration().toSeconds(), 1);
		String handle = opened.moveAll((int) Math.min(perSecond, MOST_BY_SQS));
		String arn = opened.state().arn();
		commandLine.getOut()
			.println(this.queue.json() ? DeadLetterTool.json(Map.of("taskHandle", handle, "sourceArn", arn))
					: LetterTexts.moving(arn, handle));
		return 0;
	}

	/**
	 * Reads a rate.
	 */
	static final class RateConverter implements CommandLine.ITypeConverter<Rate> {

		@Override
		public Rate convert(String text) {
			try {
				return Rate.valueOf(text);
			}
			catch (IllegalArgumentException ex) {
				throw new CommandLine.TypeConversionException(ex.getMessage());
			}
		}

	}

}
