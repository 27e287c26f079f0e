package io.pubsub.autoconfigure.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import io.pubsub.autoconfigure.folder.Folders;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Puts a folder back to where nobody has worked on it.
 */
@Command(name = "reset",
		description = { "Takes all files back from their consumers.",
				"Files get their own names again, attempts and producers are forgotten.",
				"Meant for when nobody uses the folder: whoever does loses what it has." })
final class FolderResetCommand implements Callable<Integer> {

	// Consumers change their files four times in a lease, and few have a longer one.
	private static final Duration LIVELY = Duration.ofMinutes(1);

	private final BeanFactory beans;

	@Parameters(paramLabel = "FOLDER", description = "the folder: its path, or its address as in pubsub.source")
	private String folder = "";

	@Option(names = "--yes", description = "takes files also from consumers that seem to live")
	private boolean sure;

	@Spec
	private @Nullable CommandSpec spec;

	FolderResetCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Integer call() {
		return FolderCommand.run(this.beans, this::reset);
	}

	private int reset(Folders folders) {
		List<String> alive = alive(folders.builder(this.folder).state());
		if (!this.sure && !alive.isEmpty()) {
			throw new FolderCommandException(("%s showed a sign of life less than %d s ago: stop it first. What a"
					+ " dead consumer has comes back by itself after its lease; --yes does not wait")
				.formatted(String.join(", ", alive), LIVELY.toSeconds()));
		}
		try (FolderQueue queue = folders.builder(this.folder).build()) {
			int count = queue.reset();
			Output.of(this.spec)
				.println((count == 1) ? "1 file has its own name again" : count + " files have their own names again");
		}
		return 0;
	}

	private static List<String> alive(FolderState state) {
		Instant lively = Clock.systemUTC().instant().minus(LIVELY);
		return state.atWork()
			.stream()
			.filter((file) -> file.lastSign() != null && file.lastSign().isAfter(lively))
			.map(FolderState.AtWork::consumer)
			.distinct()
			.toList();
	}

}
